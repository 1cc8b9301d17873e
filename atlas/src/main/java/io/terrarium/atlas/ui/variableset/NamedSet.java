package io.terrarium.atlas.ui.variableset;

import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.variableset.VariableSet;
import io.terrarium.core.variableset.VariableSets;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;

/// The variable set that the address of a page names; it is there below its own organization alone.
final class NamedSet {
  static final String ALL = "/app/:organization_name/settings/varsets";
  static final String ONE = ALL + "/:varset_id";
  static final String SECTION = "varsets";

  private NamedSet() {}

  static VariableSet.Visible find(VariableSets sets, Call call) {
    VariableSet.Visible found =
        sets.find(call.get(Principal.class), call.path("varset_id", VariableSetId::new));
    String owner = found.set().owner().organizationName();
    if (!owner.equals(call.path("organization_name"))) {
      throw new Fault.NotFound();
    }
    return found;
  }

  /// For who may change it; others are told of none.
  static VariableSet changeable(VariableSets sets, Call call) {
    VariableSet.Visible found = find(sets, call);
    if (!found.isChangeable()) {
      throw new Fault.NotFound();
    }
    return found.set();
  }

  static String path(VariableSet set) {
    return all(set.owner().organizationName()) + "/" + set.id().value();
  }

  static String all(String organization) {
    return "/app/" + organization + "/settings/varsets";
  }

  /// Of the pages above the set.
  static Place above(String organization) {
    return Place.within(organization, SECTION, new Crumb("Variable sets", all(organization)));
  }

  /// Of the pages below the set.
  static Place below(VariableSet set) {
    String organization = set.owner().organizationName();
    return Place.within(
        organization,
        SECTION,
        new Crumb("Variable sets", all(organization)),
        new Crumb(set.settings().name(), path(set)));
  }
}
