// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.credentials;

import com.ongres.scram.common.ScramFunctions;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.MalformedResponseException;
import org.smtpinflow.smtp.sasl.SaslPrep;
import org.smtpinflow.smtp.sasl.StrictUtf8;
import org.smtpinflow.smtp.sasl.scram.ScramVerifier;

/** The command that edits a credentials file; see {@link #USAGE}. */
public final class CredentialsCommand {

  private static final String USAGE =
      """
      Usage: java -cp "DIRECTORY/*" org.smtpinflow.smtp.sasl.credentials.CredentialsCommand FILE USER [GROUP,...]
             java -cp "DIRECTORY/*" org.smtpinflow.smtp.sasl.credentials.CredentialsCommand --remove FILE USER

      Adds a user to a credentials file of SMTP Inflow, or replaces the password and the groups of
      an existing user. The command asks for the password. If the standard input is not a terminal,
      its first line is the password, in UTF-8. With --remove, removes the user.

      DIRECTORY contains the jars of smtp-inflow.rar. A running server uses the change at the next
      authentication.
      Exit code: 0 done, 1 not done, 2 wrong usage.
      """;

  private static final int DONE = 0;
  private static final int NOT_DONE = 1;
  private static final int WRONG_USAGE = 2;

  private static final int SALT_BYTES = 16;

  /** The source of the password. */
  interface PasswordSource {

    /**
     * Returns the password, in an array that the caller clears after use.
     *
     * @throws MalformedResponseException if the input is not UTF-8
     */
    char[] read(String user) throws IOException, MalformedResponseException;
  }

  private final PasswordSource passwords;
  private final PrintStream out;
  private final PrintStream err;

  CredentialsCommand(PasswordSource passwords, PrintStream out, PrintStream err) {
    this.passwords = passwords;
    this.out = out;
    this.err = err;
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String... arguments) {
    PasswordSource passwords =
        terminal()
            .<PasswordSource>map(console -> user -> typedTwice(console, user))
            .orElse(user -> firstLineOf(System.in));
    System.exit(new CredentialsCommand(passwords, System.out, System.err).run(arguments));
  }

  private static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(CredentialsCommand::isTerminal);
  }

  // Since Java 22 there is a console even without a terminal; see Console.isTerminal.
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Returns the exit code. */
  int run(String... arguments) {
    boolean remove = arguments.length > 0 && arguments[0].equals("--remove");
    String[] operands = Arrays.copyOfRange(arguments, remove ? 1 : 0, arguments.length);
    if (operands.length == 1 && operands[0].equals("--help")) {
      out.print(USAGE);
      return DONE;
    }
    boolean rightNumber =
        remove ? operands.length == 2 : operands.length == 2 || operands.length == 3;
    if (!rightNumber || operands[0].startsWith("-")) {
      err.print(USAGE);
      return WRONG_USAGE;
    }
    return run(remove, operands);
  }

  private int run(boolean remove, String... operands) {
    Path path = Path.of(operands[0]);
    try {
      String user = CredentialsTable.userName(operands[1]);
      Set<String> groups = operands.length == 3 ? CredentialsTable.groups(operands[2]) : Set.of();
      CredentialsEditor editor = new CredentialsEditor(path);
      return remove ? remove(editor, path, user) : put(editor, path, user, groups);
    } catch (IllegalArgumentException | MalformedResponseException e) {
      return notDone("Not done: " + e.getMessage() + ".");
    } catch (CredentialsSyntaxException e) {
      return notDone(e.getMessage() + ". Correct or remove the line first; nothing was changed.");
    } catch (NoSuchFileException e) {
      return notDone("There is no directory for " + path + ".");
    } catch (AccessDeniedException e) {
      return notDone("No permission to read or write " + e.getFile() + ".");
    } catch (IOException e) {
      return notDone("Cannot write " + path + ": " + e.getMessage());
    }
  }

  private int remove(CredentialsEditor editor, Path path, String user)
      throws IOException, CredentialsSyntaxException {
    if (!editor.remove(user)) {
      return notDone("There is no user \"" + user + "\" in " + path + ".");
    }
    out.println("Removed the user \"" + user + "\" from " + path + ".");
    return DONE;
  }

  private int put(CredentialsEditor editor, Path path, String user, Set<String> groups)
      throws IOException, CredentialsSyntaxException, MalformedResponseException {
    editor.read(); // fail before the password is typed
    ScramVerifier verifier = verifierOf(passwords.read(user));
    var entry = new CredentialsTable.Entry(new Client.Identity(user, groups), verifier, 0);
    boolean added = editor.put(entry);
    out.println((added ? "Added" : "Replaced") + " the user \"" + user + "\" in " + path + ".");
    return DONE;
  }

  private static ScramVerifier verifierOf(char[] password) {
    Optional<char[]> prepared = SaslPrep.ofStoredSecret(password);
    Arrays.fill(password, '\0');
    char[] chars =
        prepared.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the password is empty or contains characters that SASLprep (RFC 4013) does"
                        + " not allow, such as control characters"));
    byte[] salt = ScramFunctions.salt(SALT_BYTES, new SecureRandom());
    try {
      return ScramVerifier.of(chars, salt, ScramVerifier.USUAL_ITERATIONS);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  private int notDone(String why) {
    err.println(why);
    return NOT_DONE;
  }

  private static char[] typedTwice(Console console, String user) throws IOException {
    char[] first = typed(console, "Password of \"%s\": ", user);
    char[] second = typed(console, "The same again: ");
    boolean same = Arrays.equals(first, second);
    Arrays.fill(second, '\0');
    if (!same) {
      Arrays.fill(first, '\0');
      throw new IllegalArgumentException("the two passwords differ");
    }
    return first;
  }

  private static char[] typed(Console console, String prompt, Object... arguments)
      throws IOException {
    char[] chars = console.readPassword(prompt, arguments);
    if (chars == null) {
      throw new IOException("no password was typed");
    }
    return chars;
  }

  /** Reads a password up to the end of the line or of the input. */
  static char[] firstLineOf(InputStream input) throws IOException, MalformedResponseException {
    ClearableOctets octets = new ClearableOctets();
    try {
      for (int octet = input.read(); octet >= 0 && octet != '\n'; octet = input.read()) {
        octets.write(octet);
      }
      return octets.line();
    } finally {
      octets.clear();
    }
  }

  private static final class ClearableOctets extends ByteArrayOutputStream {

    ClearableOctets() {
      super(4096); // a longer password would leave a copy behind
    }

    char[] line() throws MalformedResponseException {
      boolean carriageReturn = count > 0 && buf[count - 1] == '\r';
      return StrictUtf8.chars(buf, 0, carriageReturn ? count - 1 : count);
    }

    void clear() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
