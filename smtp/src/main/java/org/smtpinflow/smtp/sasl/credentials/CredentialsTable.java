// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.SaslPrep;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/**
 * The contents of a credentials file at one moment.
 *
 * @param lines all lines of the file
 * @param users the users by their prepared names
 * @param decoyKey the key for decoys; empty if the file has none
 */
record CredentialsTable(List<String> lines, Map<String, Entry> users, Optional<DecoyKey> decoyKey) {

  /** The contents of a file that does not exist. */
  static final CredentialsTable EMPTY = new CredentialsTable(List.of(), Map.of(), Optional.empty());

  /**
   * A user.
   *
   * @param line the index of its line
   */
  record Entry(Client.Identity identity, ScramVerifier verifier, int line) {

    /** Returns the line of the file. */
    String format() {
      return identity.name()
          + ":"
          + identity.groups().stream().sorted().collect(Collectors.joining(","))
          + ":"
          + verifier.format();
    }
  }

  static CredentialsTable read(Path path) throws IOException, CredentialsSyntaxException {
    List<String> lines = lines(path);
    Map<String, Entry> users = new LinkedHashMap<>();
    Optional<DecoyKey> decoyKey = Optional.empty();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      try {
        if (DecoyKey.isIn(line)) {
          if (decoyKey.isPresent()) {
            throw new IllegalArgumentException("a decoy key is already in a line above");
          }
          decoyKey = Optional.of(DecoyKey.parse(line));
        }
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        Entry entry = entry(line, i);
        if (users.putIfAbsent(entry.identity().name(), entry) != null) {
          throw new IllegalArgumentException("a user of this name is already in a line above");
        }
      } catch (IllegalArgumentException e) {
        throw new CredentialsSyntaxException(path, i + 1, e.getMessage());
      }
    }
    return new CredentialsTable(lines, users, decoyKey);
  }

  /** Returns the verifiers of the users, in the order of the file. */
  List<ScramVerifier> verifiers() {
    return users.values().stream().map(Entry::verifier).toList();
  }

  private static List<String> lines(Path path) throws IOException, CredentialsSyntaxException {
    byte[] octets = Files.readAllBytes(path);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets))
          .toString()
          .lines()
          .toList();
    } catch (CharacterCodingException e) {
      throw new CredentialsSyntaxException(path, firstBadLine(octets), "not UTF-8");
    }
  }

  private static int firstBadLine(byte[] octets) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '\n') {
        if (!isUtf8(Arrays.copyOfRange(octets, start, i))) {
          return line;
        }
        line++;
        start = i + 1;
      }
    }
    return line;
  }

  private static boolean isUtf8(byte[] octets) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static Entry entry(String line, int index) {
    String[] fields = line.split(":", 3);
    if (fields.length < 3) {
      throw new IllegalArgumentException("not of the form name:group,group:verifier");
    }
    return new Entry(
        new Client.Identity(userName(fields[0]), groups(fields[1])),
        ScramVerifier.parse(fields[2].strip()),
        index);
  }

  /**
   * Prepares the name of a user.
   *
   * @throws IllegalArgumentException if the file cannot hold it; the message does not quote it
   */
  static String userName(String name) {
    if (name.startsWith("#") || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "the user's name starts with # or contains a colon, which this file cannot hold");
    }
    if (!name.equals(name.strip())) {
      throw new IllegalArgumentException("the user's name starts or ends with a space");
    }
    return SaslPrep.ofStoredName(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the user's name is empty or contains characters that SASLprep (RFC 4013)"
                        + " does not allow"));
  }

  /**
   * Parses names of groups, separated by commas. An empty text has no groups.
   *
   * @throws IllegalArgumentException if a name is empty or contains a colon or a control character
   */
  static Set<String> groups(String text) {
    if (text.isBlank()) {
      return Set.of();
    }
    Set<String> groups = new LinkedHashSet<>();
    for (String group : text.split(",", -1)) {
      String name = group.strip();
      if (name.isEmpty() || name.chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
        throw new IllegalArgumentException(
            "the name of a group is empty or contains a colon or a control character");
      }
      groups.add(name);
    }
    return groups;
  }

  /** Names no user. */
  @Override
  public String toString() {
    return "CredentialsTable[" + users.size() + " users]";
  }
}
