package io.terrarium.core.assembly;

import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.variable.Variables;
import io.terrarium.core.variable.VariablesInForce;
import io.terrarium.core.variableset.VariableSetAccess;
import io.terrarium.core.variableset.VariableSetLinks;
import io.terrarium.core.variableset.VariableSets;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.vault.Transit;
import java.time.Clock;

/// Variables of workspaces and of sets.
public record VariableModule(
    Variables variables, VariablesInForce inForce, VariableSets sets, VariableSetLinks setLinks) {
  static VariableModule of(
      Database database, Access access, Transit transit, Clock clock, Ids ids) {
    ValueCipher cipher = ValueCipher.of(transit, "atlas_variables");
    VariableSetAccess setAccess = new VariableSetAccess(access, clock);
    Variables variables =
        new Variables(database, new Variables.Gates(access, setAccess), cipher, clock, ids);
    VariableSetLinks links = new VariableSetLinks(database, setAccess);
    return new VariableModule(
        variables,
        new VariablesInForce(database, access, cipher),
        new VariableSets(
            database, new VariableSets.Neighbours(access, setAccess, links, variables), clock, ids),
        links);
  }
}
