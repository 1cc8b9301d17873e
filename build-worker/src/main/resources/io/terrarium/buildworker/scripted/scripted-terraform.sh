#!/bin/bash
# Stands in for terraform: plays what lies beside it, whatever the configuration says.
stage=${0%/*}

case $1 in
  init) exit 0 ;;
  show) exec cat "$stage/plan.json" ;;
  providers) exec cat "$stage/schemas.json" ;;
esac

interrupted() {
  kill "$waiting" 2>/dev/null
  cat "$stage/interrupted"
  exit 1
}
waiting=
if [[ -e $stage/ignores-interrupt ]]; then trap '' INT; else trap interrupted INT; fi

pause=$(<"$stage/pause")
for piece in "$stage"/log.*; do
  cat "$piece"
  if [[ $pause != 0 ]]; then
    sleep "$pause" &
    waiting=$!
    wait "$waiting"
  fi
done

for argument; do
  if [[ $argument = -out=* ]]; then cp "$stage/plan.tfplan" "${argument#-out=}"; fi
done
if [[ -e $stage/state ]]; then cp "$stage/state" "$(<"$stage/state.path")"; fi
cat "$stage/end"
exit "$(<"$stage/code")"
