// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.List;
import java.util.Optional;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;

/**
 * The catalogue of the replies of the engine: every one is a constant here. In a text "…" stands
 * for the part that is known only when the reply is given. docs/replies.md lists the constants, and
 * a test compares the two.
 */
public final class Replies {

  private static final String SUBJECT = "…";

  static final Reply OK = Reply.of(250, "2.0.0", "OK");
  static final Reply SENDER_OK = Reply.of(250, "2.1.0", "Sender OK");
  static final Reply CHUNK_RECEIVED = Reply.of(250, "2.0.0", "Chunk received");
  static final Reply READY_FOR_TLS = Reply.of(220, "2.0.0", "Ready to start TLS");
  static final Reply AUTHENTICATED = Reply.of(235, "2.7.0", "Authentication succeeded");
  static final Reply GOODBYE = Reply.of(221, "2.0.0", "Goodbye");
  static final Reply CANNOT_VERIFY =
      Reply.of(252, "2.0.0", "Cannot verify the address; RCPT will say whether it takes mail");
  static final Reply START_CONTENT =
      new Reply(354, Optional.empty(), List.of("Start mail input; end with <CRLF>.<CRLF>"));

  /** At a stop and at a pause. */
  static final Reply SHUTTING_DOWN =
      Reply.of(421, "4.3.2", "Service not available, closing connection");

  static final Reply COMMAND_TIMEOUT =
      Reply.of(421, "4.4.2", "No command for too long, closing connection");
  static final Reply CONTENT_TIMEOUT =
      Reply.of(421, "4.4.2", "No message content for too long, closing connection");
  static final Reply OUT_OF_STEP =
      Reply.of(421, "4.5.0", "Cannot tell commands from message content, closing connection");
  static final Reply INPUT_BEFORE_TLS =
      Reply.of(421, "4.5.0", "Input came behind STARTTLS in clear text, closing connection");
  static final Reply NOT_HTTP = Reply.of(421, "4.5.0", "This is SMTP, closing connection");
  static final Reply TOO_MANY_ERRORS =
      Reply.of(421, "4.7.0", "Too many errors, closing connection");
  static final Reply TOO_MANY_JUNK_COMMANDS =
      Reply.of(421, "4.7.0", "Too many commands without mail, closing connection");
  static final Reply TOO_MANY_TRANSACTIONS =
      Reply.of(421, "4.7.0", "Too many messages in this session, closing connection");

  static final Reply TOO_MANY_FAILURES =
      Reply.of(421, "4.7.0", "Too many failed authentications, closing connection");

  static final Reply AUTHENTICATION_UNAVAILABLE =
      Reply.of(454, "4.7.0", "Cannot authenticate anybody now, try again later");
  static final Reply INSUFFICIENT_STORAGE =
      Reply.of(452, "4.3.1", "Insufficient storage, try again later");
  static final Reply TOO_MANY_RECIPIENTS =
      Reply.of(452, "4.5.3", "Too many recipients, send the others another copy");

  static final Reply AUTHENTICATION_LINE_TOO_LONG =
      Reply.of(500, "5.5.6", "Authentication exchange line is too long");
  static final Reply AUTHENTICATION_CANCELLED =
      Reply.of(501, "5.7.0", "Authentication cancelled by the client");
  static final Reply UNKNOWN_MECHANISM =
      Reply.of(504, "5.5.4", "Authentication mechanism is not offered");
  static final Reply TLS_REQUIRED = Reply.of(530, "5.7.0", "Must issue a STARTTLS command first");
  static final Reply AUTHENTICATION_REQUIRED = Reply.of(530, "5.7.0", "Authentication required");
  static final Reply BAD_CREDENTIALS = Reply.of(535, "5.7.8", "Authentication credentials invalid");
  static final Reply ENCRYPTION_REQUIRED =
      Reply.of(538, "5.7.11", "Encryption required: issue a STARTTLS command first");

  static final Reply UNKNOWN_COMMAND = Reply.of(500, "5.5.1", "Command not recognized");
  static final Reply LMTP_WANTS_LHLO =
      Reply.of(500, "5.5.1", "Command not recognized; this is LMTP, which begins with LHLO");
  static final Reply LINE_TOO_LONG = Reply.of(500, "5.5.2", "Line too long");
  static final Reply BARE_NEWLINE_IN_COMMAND =
      Reply.of(500, "5.5.2", "Line does not end in CRLF: bare CR or LF");
  static final Reply CONTROL_CHARACTER = Reply.of(500, "5.5.2", "Line has a control character");
  static final Reply NOT_IMPLEMENTED = Reply.of(502, "5.5.1", "Command not implemented");
  static final Reply NO_HELLO = outOfSequence("Send EHLO first");
  static final Reply NO_LHLO = outOfSequence("Send LHLO first");
  static final Reply NO_EHLO = outOfSequence("Send EHLO first, not HELO");
  static final Reply IN_TRANSACTION = outOfSequence("Not allowed in a mail transaction");
  static final Reply ALREADY_IN_TLS = outOfSequence("TLS is active already");
  static final Reply ALREADY_AUTHENTICATED = outOfSequence("Authenticated already");
  static final Reply NESTED_MAIL = outOfSequence("A mail transaction is open already");
  static final Reply NO_MAIL = outOfSequence("Send MAIL first");
  static final Reply NO_RECIPIENT = outOfSequence("Send RCPT first");
  static final Reply CONTENT_BEGUN = outOfSequence("The message content has begun with BDAT");
  static final Reply BINARY_NEEDS_BDAT = outOfSequence("BODY=BINARYMIME must be sent with BDAT");
  static final Reply ALREADY_REFUSED = outOfSequence("The message was refused already");
  static final Reply PARAMETERS_NEED_EHLO =
      Reply.of(555, "5.5.4", "Parameters need EHLO instead of HELO");
  static final Reply NO_VALID_RECIPIENTS = Reply.of(554, "5.5.1", "No valid recipients");

  /** RFC 2033, section 4.2, has another code for it than RFC 5321. */
  static final Reply NO_VALID_RECIPIENTS_IN_LMTP = outOfSequence("No valid recipients");

  static final Reply NOT_OWN_SENDER =
      Reply.of(553, "5.7.1", "Reverse-path is not the mailbox of the authenticated user");
  static final Reply BARE_NEWLINE_IN_CONTENT =
      Reply.of(550, "5.6.0", "Message has a bare CR or LF; lines must end in CRLF");
  static final Reply NON_ASCII_SENDER =
      Reply.of(550, "5.6.7", "Address is not ASCII; MAIL needs the SMTPUTF8 parameter");
  static final Reply NON_ASCII_RECIPIENT =
      Reply.of(553, "5.6.7", "Address is not ASCII; MAIL had no SMTPUTF8 parameter");

  static final Reply TOO_BIG = Reply.of(552, "5.3.4", "Message is larger than … octets");
  static final Reply HEADER_TOO_BIG =
      Reply.of(552, "5.3.4", "Message header is larger than … octets");
  static final Reply TOO_MANY_FIELDS =
      Reply.of(552, "5.3.4", "Message header has more than … fields");
  static final Reply MALFORMED_RESPONSE = Reply.of(501, "5.5.2", SUBJECT);
  static final Reply BAD_ARGUMENT = Reply.of(501, "5.5.4", SUBJECT);
  static final Reply BAD_SENDER = Reply.of(501, "5.1.7", "Bad reverse-path: …");
  static final Reply BAD_RECIPIENT = Reply.of(501, "5.1.3", "Bad forward-path: …");
  static final Reply UNKNOWN_PARAMETER = Reply.of(555, "5.5.4", "Parameter … is not recognized");
  static final Reply HELP = Reply.of(214, "2.0.0", "Commands: …");
  static final Reply GREETING = new Reply(220, Optional.empty(), List.of(SUBJECT));
  static final Reply HELLO = new Reply(250, Optional.empty(), List.of(SUBJECT));
  static final Reply CHALLENGE = new Reply(334, Optional.empty(), List.of(SUBJECT));

  /** The receiver failed. */
  public static final Reply RECEIVER_FAILED =
      Reply.of(451, "4.3.0", "Local error in processing, try again later");

  /** Instead of the greeting; {@link #about} the server's name. */
  public static final Reply STOPPING = Reply.of(421, "4.3.2", "… Service is stopping");

  /** Instead of the greeting; {@link #about} the server's name. */
  public static final Reply PAUSED = Reply.of(421, "4.3.2", "… Service is paused");

  /** Instead of the greeting; {@link #about} the server's name. */
  public static final Reply TOO_MANY_SESSIONS = Reply.of(421, "4.3.2", "… Too many sessions");

  /** Instead of the greeting; {@link #about} the server's name. */
  public static final Reply TOO_MANY_SESSIONS_OF_CLIENT =
      Reply.of(421, "4.7.0", "… Too many sessions from your address");

  private Replies() {}

  /** Returns a reply of the catalogue with its variable part filled in. */
  public static Reply about(Reply template, String subject) {
    String text = template.lines().get(0).replace(SUBJECT, subject);
    return new Reply(
        template.code(), template.status(), text.isEmpty() ? List.of(text) : text.lines().toList());
  }

  static Reply greeting(String serverName, Service service) {
    return about(GREETING, serverName + (service == Service.LMTP ? " LMTP" : " ESMTP"));
  }

  /** Returns the reply to HELP: the commands of the listener, whether they may come now or not. */
  static Reply help(SessionConfig config) {
    String hello = config.service() == Service.LMTP ? "LHLO" : "EHLO HELO";
    String startTls = config.tls().offersStartTls() ? " STARTTLS" : "";
    String auth = config.authentication().mechanisms().isEmpty() ? "" : " AUTH";
    String mail = " MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT";
    return about(HELP, hello + startTls + auth + mail);
  }

  /** Returns the reply to HELO and, with a line for each extension, to EHLO. */
  static Reply hello(List<String> lines) {
    return new Reply(HELLO.code(), HELLO.status(), lines);
  }

  /** Returns the challenge of a SASL mechanism, in base64 (RFC 4954, section 4). */
  static Reply challenge(String base64) {
    // An empty challenge has an empty line (RFC 4954, section 4).
    return new Reply(CHALLENGE.code(), CHALLENGE.status(), List.of(base64));
  }

  static Reply malformedResponse(String why) {
    return about(MALFORMED_RESPONSE, why);
  }

  static Reply badArgument(String why) {
    return about(BAD_ARGUMENT, why);
  }

  static Reply badSender(String why) {
    return about(BAD_SENDER, why);
  }

  static Reply badRecipient(String why) {
    return about(BAD_RECIPIENT, why);
  }

  static Reply unknownParameter(String keyword) {
    return about(UNKNOWN_PARAMETER, keyword);
  }

  static Reply tooBig(long limit) {
    return about(TOO_BIG, String.valueOf(limit));
  }

  static Reply headerTooBig(long limit) {
    return about(HEADER_TOO_BIG, String.valueOf(limit));
  }

  static Reply tooManyFields(long limit) {
    return about(TOO_MANY_FIELDS, String.valueOf(limit));
  }

  private static Reply outOfSequence(String why) {
    return Reply.of(503, "5.5.1", why);
  }
}
