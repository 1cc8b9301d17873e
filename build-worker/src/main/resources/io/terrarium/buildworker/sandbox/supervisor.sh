# Runs one command in a process group of its own, and ends it when the worker is gone.
#
#   supervisor.sh INTERRUPT_AFTER KILL_AFTER GRACE COMMAND...
#
# Lines on stdin: "beat" proves that the worker holds its claim; "interrupt" and "kill" do so at
# once. Without a beat the group is interrupted after INTERRUPT_AFTER seconds and killed after
# KILL_AFTER. End of input means that the worker has died, and interrupts at once. Whatever was
# interrupted is killed GRACE seconds later.
set -m
interrupt_after=$1 kill_after=$2 grace=$3
shift 3

# A worker that was started in the background of a script ignores interrupts, and what it starts
# would inherit that.
heeding=()
if /usr/bin/env --default-signal=INT true 2>/dev/null; then
  heeding=(/usr/bin/env --default-signal=INT)
fi

# Builds come after the services beside them when the processor is short: whoever asks is answered.
behind=()
if [[ -x /usr/bin/nice ]]; then
  behind=(/usr/bin/nice -n 10)
fi

exec 3<&0 </dev/null
"${heeding[@]}" "${behind[@]}" "$@" 3<&- &
leader=$!

watch() {
  trap '' INT TERM HUP PIPE
  exec >/dev/null 2>&1
  local line= piece last=$SECONDS started=$SECONDS wanted=0 interrupted=-1 gone=0 code
  while :; do
    if ((gone)); then
      sleep 1
    else
      # The second may be over in the middle of a word.
      piece=
      IFS= read -r -t 1 -u 3 piece
      code=$?
      line+=$piece
      if ((code == 0)); then
        case $line in
          beat) last=$SECONDS ;;
          interrupt) wanted=1 ;;
          kill) kill -KILL -- "-$leader" ;;
        esac
        line=
      elif ((code <= 128)); then
        gone=1
        wanted=1
      fi
    fi
    ((SECONDS - last >= interrupt_after)) && wanted=1
    ((wanted)) && interrupt
    if ((SECONDS - last >= kill_after)) ||
      ((interrupted >= 0 && SECONDS - interrupted >= grace)); then
      kill -KILL -- "-$leader"
    fi
  done
}

# Not in its first moments: whatever confines the command ignores interrupts until the command is up.
# And not twice, which terraform takes for an order to drop everything.
interrupt() {
  if ((interrupted < 0 && SECONDS - started >= 2)); then
    interrupted=$SECONDS
    kill -INT -- "-$leader"
  fi
}

watch &
watcher=$!
exec 3<&- >/dev/null 2>&1
trap '' INT TERM HUP PIPE

wait "$leader"
code=$?
kill -KILL -- "-$watcher" 2>/dev/null
kill -KILL -- "-$leader" 2>/dev/null
exit "$code"
