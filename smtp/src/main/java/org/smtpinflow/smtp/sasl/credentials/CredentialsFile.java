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
 * A file of users with salted verifiers of their passwords, for SCRAM-SHA-256. The file is read
 * when it is first needed, and again when it has changed. If a changed file cannot be read, the
 * previous users stay in use and a warning is logged once. The file is never written here; {@link
 * CredentialsCommand} writes it.
 *
 * <p>The file is UTF-8 text with one line for each user: name, groups and verifier, separated by
 * colons. Empty lines and lines that start with {@code #} are ignored, except the line with the
 * {@link DecoyKey}.
 */
public final class CredentialsFile implements ScramUsers {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final Path path;

  private Optional<Loaded> loaded = Optional.empty();
  private Optional<Stamp> seen = Optional.empty();
  private boolean missingKeyReported;

  private record Loaded(CredentialsTable table, DecoyVerifiers decoys) {}

  private CredentialsFile(Path path) {
    this.path = path;
  }

  /** Makes an instance for a file. Does not read the file yet. */
  public static CredentialsFile at(Path path) {
    return new CredentialsFile(Objects.requireNonNull(path, "path"));
  }

  @Override
  public Candidate find(String user) throws AuthenticationUnavailableException {
    Loaded current = current();
    CredentialsTable.Entry entry = current.table().users().get(user);
    // Computed for known users as well: the time must not reveal which users are known.
    ScramVerifier decoy = current.decoys().of(user);
    return entry == null
        ? new Candidate(decoy, Optional.empty())
        : new Candidate(entry.verifier(), Optional.of(entry.identity()));
  }

  private synchronized Loaded current() throws AuthenticationUnavailableException {
    Optional<Stamp> now = Optional.of(Stamp.of(path));
    if (!now.equals(seen)) {
      seen = now;
      load();
    }
    return loaded.orElseThrow(
        () ->
            new AuthenticationUnavailableException(
                "The credentials file " + path + " could not be read", null));
  }

  private void load() {
    try {
      CredentialsTable table = CredentialsTable.read(path);
      loaded = Optional.of(new Loaded(table, decoys(table)));
      LOG.log(
          Level.DEBUG,
          "Read {0} users from the credentials file {1}",
          Integer.toString(table.users().size()),
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

  private DecoyVerifiers decoys(CredentialsTable table) {
    if (table.decoyKey().isEmpty() && !missingKeyReported) {
      missingKeyReported = true;
      LOG.log(
          Level.INFO,
          "The credentials file {0} has no decoy key, so the salts that unknown users get change"
              + " with each change of the file; the credentials command adds a key when it next"
              + " changes the file",
          path);
    }
    return new DecoyVerifiers(
        table.decoyKey().orElseGet(() -> DecoyKey.derivedFrom(table.verifiers())),
        table.verifiers());
  }

  private String consequence() {
    return loaded.isPresent()
        ? "the users read before stay in use"
        : "nobody can authenticate with it";
  }

  private void warnOfReaders() {
    if (FilePermissions.othersCanRead(path)) {
      LOG.log(
          Level.WARNING,
          "The credentials file {0} can be read by every user of this machine; only the user that"
              + " runs the server should be able to read it",
          path);
    }
  }

  /** Names the file, but no user. */
  @Override
  public String toString() {
    return "CredentialsFile[" + path + "]";
  }

  /** Changes with the file; empty if there is no file. */
  private record Stamp(Optional<FileTime> modified, long size, Optional<Object> key) {

    static Stamp of(Path path) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(
            Optional.of(attributes.lastModifiedTime()),
            attributes.size(),
            // Another file with the same name, such as one that was renamed.
            Optional.ofNullable(attributes.fileKey()));
      } catch (IOException e) {
        return new Stamp(Optional.empty(), 0, Optional.empty());
      }
    }
  }
}
