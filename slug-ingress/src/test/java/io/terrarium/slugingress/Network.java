package io.terrarium.slugingress;

import io.terrarium.testsupport.GitRepository;

/// An ordinary repository of two commits, the first of them with a tag and a branch of its own.
record Network(String url, String first, String second) {
  static Network in(Lab lab) {
    GitRepository repository = lab.git().create("network");
    String first =
        repository
            .commit("main", "Begin\n\nwith the network\n")
            .file("main.tf", "# one")
            .file("modules/vpc/main.tf", "# vpc")
            .file("modules-old.tf", "# old")
            .executable("scripts/run.sh", "#!/bin/sh")
            .link("scripts/start", "run.sh")
            .done();
    repository.git("tag", "-a", "-m", "the first", "v1.0.0", first);
    String second =
        repository
            .commit("main", "Go on")
            .file("main.tf", "# two")
            .without("modules/vpc/main.tf")
            .file("modules/net/main.tf", "# vpc")
            .done();
    repository.git("branch", "old", first);
    return new Network(lab.git().url("network"), first, second);
  }
}
