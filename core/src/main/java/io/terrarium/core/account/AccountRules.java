package io.terrarium.core.account;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What names and addresses of people look like.
final class AccountRules {
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{1,59}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final int EMAIL_LENGTH_MAX = 254;

  private AccountRules() {}

  static List<Fault.Problem> problems(String username, String email) {
    List<Fault.Problem> problems = new ArrayList<>();
    if (!USERNAME.matcher(username).matches()) {
      problems.add(
          problem(
              "username",
              "Username must have 2 to 60 letters, digits, dashes or underscores and start with a"
                  + " letter or a digit"));
    }
    if (!EMAIL.matcher(email).matches() || email.length() > EMAIL_LENGTH_MAX) {
      problems.add(problem("email", "Email must be an e-mail address"));
    }
    return problems;
  }

  static List<Fault.Problem> problems(Secret password) {
    return Passwords.problem(password)
        .map(text -> List.of(problem("password", "Password " + text)))
        .orElse(List.of());
  }

  static void check(List<Fault.Problem> problems) {
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
  }

  static Fault.Problem problem(String attribute, String detail) {
    return new Fault.Problem(detail, "/data/attributes/" + attribute);
  }
}
