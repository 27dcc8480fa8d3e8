// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.smtpinflow.smtp.files.FilePermissions;
import org.smtpinflow.smtp.sasl.AuthenticationUnavailableException;
import org.smtpinflow.smtp.sasl.scram.ScramUsers;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/**
 * A file of users with salted verifiers of their passwords, for SCRAM-SHA-256. It is read when it
 * is first needed, and again when it has changed. A changed file that cannot be read leaves in use
 * what was read before; that is logged once.
 *
 * <p>The file is UTF-8 text with a line for each user: name, groups, verifier, with colons between,
 * as {@link CredentialsCommand} writes it. Empty lines and lines that begin with {@code #} say
 * nothing.
 */
public final class CredentialsFile implements ScramUsers {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final Path path;
  private final DecoyVerifiers unknownUsers = DecoyVerifiers.ofThisProcess();

  private Optional<CredentialsTable> credentials = Optional.empty();
  private Optional<Stamp> seen = Optional.empty();

  private CredentialsFile(Path path) {
    this.path = path;
  }

  /** Names a file, and does not read it yet. */
  public static CredentialsFile at(Path path) {
    return new CredentialsFile(Objects.requireNonNull(path, "path"));
  }

  @Override
  public Candidate find(String user) throws AuthenticationUnavailableException {
    CredentialsTable current = current();
    CredentialsTable.Entry entry = current.users().get(user);
    // Made for known users too, so that it cannot be told by time who is known.
    ScramVerifier imitation = unknownUsers.verifierOf(user, current);
    return entry == null
        ? new Candidate(imitation, Optional.empty())
        : new Candidate(entry.verifier(), Optional.of(entry.identity()));
  }

  private synchronized CredentialsTable current() throws AuthenticationUnavailableException {
    Optional<Stamp> now = Optional.of(Stamp.of(path));
    if (!now.equals(seen)) {
      seen = now;
      load();
    }
    return credentials.orElseThrow(
        () ->
            new AuthenticationUnavailableException(
                "The credentials file " + path + " could not be read", null));
  }

  private void load() {
    try {
      CredentialsTable loaded = CredentialsTable.read(path);
      credentials = Optional.of(loaded);
      LOG.log(
          Level.DEBUG,
          "Read {0} users from the credentials file {1}",
          Integer.toString(loaded.users().size()),
          path);
      warnOfReaders();
    } catch (CredentialsSyntaxException e) {
      LOG.log(Level.WARNING, "{0}; {1}", e.getMessage(), consequence());
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "The credentials file {0} cannot be read ({1}); {2}",
          path,
          e.getClass().getSimpleName(),
          consequence());
    }
  }

  private String consequence() {
    return credentials.isPresent()
        ? "the users read before stay in use"
        : "nobody can authenticate with it";
  }

  private void warnOfReaders() {
    if (FilePermissions.othersCanRead(path)) {
      LOG.log(
          Level.WARNING,
          "The credentials file {0} can be read by every user of this machine; "
              + "only the one that runs the server should",
          path);
    }
  }

  /** Names the file, and nobody in it. */
  @Override
  public String toString() {
    return "CredentialsFile[" + path + "]";
  }

  /** What changes with a file; all empty if there is none. */
  private record Stamp(Optional<FileTime> modified, long size, Optional<Object> key) {

    static Stamp of(Path path) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(
            Optional.of(attributes.lastModifiedTime()),
            attributes.size(),
            // Another file under the same name, such as one renamed into its place.
            Optional.ofNullable(attributes.fileKey()));
      } catch (IOException e) {
        return new Stamp(Optional.empty(), 0, Optional.empty());
      }
    }
  }
}
