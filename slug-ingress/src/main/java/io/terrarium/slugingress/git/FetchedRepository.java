package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.util.FS;

/// A bare repository in a temporary directory, which takes in no more than is allowed.
final class FetchedRepository extends FileRepository {
  /// What is larger is read in pieces, and never held as a whole.
  private static final int STREAMED_FROM_BYTES = 4_000_000;

  /// A file has its directories, and a fetch that must go deeper has older commits.
  private static final int OBJECTS_PER_ENTRY_MAX = 20;

  private final Allowance allowance;

  private FetchedRepository(File directory, Allowance allowance) throws IOException {
    super(builder(directory));
    this.allowance = allowance;
  }

  private static FileRepositoryBuilder builder(File directory) throws IOException {
    return new FileRepositoryBuilder().setGitDir(directory).setBare().setFS(FS.DETECTED).setup();
  }

  /// A new one in a directory of its own below `parent`.
  static FetchedRepository create(Path parent, Allowance allowance) throws IOException {
    ForeignSettings.ignore();
    File directory = Files.createTempDirectory(parent, "git-").toFile();
    FetchedRepository repository = new FetchedRepository(directory, allowance);
    repository.create(true);
    StoredConfig config = repository.getConfig();
    config.setString("protocol", null, "version", "2");
    config.save();
    return repository;
  }

  /// Of files. JGit takes nothing of it from a repository's configuration, and directories it must
  /// hold as a whole.
  ObjectReader newFileReader() {
    ObjectReader reader = newObjectReader();
    reader.setStreamFileThreshold(STREAMED_FROM_BYTES);
    return reader;
  }

  @Override
  public ObjectInserter newObjectInserter() {
    ObjectInserter all = super.newObjectInserter();
    return new ObjectInserter.Filter() {
      @Override
      protected ObjectInserter delegate() {
        return all;
      }

      @Override
      public PackParser newPackParser(InputStream in) throws IOException {
        PackParser parser = super.newPackParser(new CountedPack(in, objectsMax(), allowance));
        parser.setMaxObjectSizeLimit(allowance.limits().fileBytes());
        return parser;
      }
    };
  }

  private long objectsMax() {
    return (long) allowance.limits().entries() * OBJECTS_PER_ENTRY_MAX;
  }

  IngressFault broken(String what, Throwable cause) {
    return new IngressFault(
        Reason.BROKEN_REPOSITORY, "The repository cannot be read: " + what + ".", cause);
  }
}
