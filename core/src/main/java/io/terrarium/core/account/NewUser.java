package io.terrarium.core.account;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import java.util.ArrayList;
import java.util.List;

/// What makes an account.
public record NewUser(String username, String email, Secret password) {
  /// @throws Fault.Invalid naming everything that is wrong
  void check() {
    List<Fault.Problem> problems = new ArrayList<>(AccountRules.problems(username, email));
    problems.addAll(AccountRules.problems(password));
    AccountRules.check(problems);
  }
}
