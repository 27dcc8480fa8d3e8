// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.ArrayList;
import java.util.List;
import org.smtpinflow.smtp.sasl.SecureChannel;

/** Handles commands, one after the other: carries them out or refuses them. */
final class CommandHandler {

  private final SessionConfig config;
  private final ClientState client;
  private final CommandPolicy policy;
  private final MailCommands mail;
  private final AuthenticationExchange authentication;
  private final SessionState state;
  private final SessionOutput output;

  /** Whether the last command was a DATA that was refused. */
  private boolean dataRefused;

  CommandHandler(
      SessionConfig config,
      ClientState client,
      MailCommands mail,
      AuthenticationExchange authentication,
      SessionState state,
      SessionOutput output) {
    this.config = config;
    this.client = client;
    this.policy = new CommandPolicy(config, client);
    this.mail = mail;
    this.authentication = authentication;
    this.state = state;
    this.output = output;
  }

  void greet() {
    reply(Replies.greeting(config.serverName(), config.service()));
  }

  /** Carries out a command or refuses it. */
  void handle(CommandLine command) {
    if (dataRefused && command.verb() == Verb.UNKNOWN) {
      reply(Replies.OUT_OF_STEP);
      return;
    }
    dataRefused = false;
    try {
      if (command.verb() != Verb.BDAT) {
        policy.check(command.verb(), state.transactionState());
      }
      act(command);
      if (command.verb().isJunk()) {
        output.countJunkCommand();
      }
    } catch (CommandRefusedException e) {
      dataRefused = command.verb() == Verb.DATA;
      refuse(e);
      if (command.verb() == Verb.DATA && !e.reply().isPermanentFailure()) {
        // A 5yz is counted as an error.
        output.countJunkCommand();
      }
    }
  }

  /**
   * Refuses a line that is not a command.
   *
   * <p>If the line follows directly after a refused DATA, it is taken for the beginning of content
   * that the client sends without waiting for 354, and ends the session: no line of a message is
   * ever handled as a command. Input that arrives together with DATA would also indicate such a
   * client, but that depends on how the network segments the input.
   */
  void refuseLine(CommandRefusedException e) {
    if (dataRefused) {
      reply(Replies.OUT_OF_STEP);
    } else {
      refuse(e);
    }
  }

  private void refuse(CommandRefusedException e) {
    reply(e.reply());
    if (e.isOutOfStep()) {
      reply(Replies.OUT_OF_STEP);
    }
  }

  private void act(CommandLine command) throws CommandRefusedException {
    String argument = command.argument();
    switch (command.verb()) {
      case EHLO, LHLO -> hello(argument, true);
      case HELO -> hello(argument, false);
      case STARTTLS -> startTls(argument);
      case AUTH -> authentication.begin(argument);
      case MAIL -> mail.mail(argument);
      case RCPT -> mail.rcpt(argument);
      case DATA -> data(argument);
      case BDAT -> bdat(argument);
      case RSET -> rset(argument);
      case QUIT -> quit(argument);
      case VRFY -> vrfy(argument);
      case NOOP -> reply(Replies.OK);
      case HELP -> reply(Replies.help(config));
      case NOT_OFFERED -> reply(Replies.NOT_IMPLEMENTED);
      case HTTP -> reply(Replies.NOT_HTTP);
      case UNKNOWN -> reply(Replies.UNKNOWN_COMMAND);
    }
  }

  /**
   * Accepts any name. Many names of honest clients are not even domains, and RFC 5321, section
   * 4.1.4, forbids refusing mail because a name cannot be verified. A check would not protect
   * anything.
   */
  private void hello(String name, boolean extended) throws CommandRefusedException {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw CommandRefusedException.refuse(
          Replies.badArgument("The client's name must be one word of printable ASCII"));
    }
    client.hello(name, extended);
    List<String> lines = new ArrayList<>();
    lines.add(config.serverName());
    if (extended) {
      lines.addAll(new Extensions(config, client.channel()).lines());
    }
    reply(Replies.hello(lines));
    mail.endTransaction();
  }

  private void startTls(String argument) throws CommandRefusedException {
    requireNone(argument);
    reply(Replies.READY_FOR_TLS);
    state.await(new Step.StartTls());
  }

  /** Ends the session, because input after STARTTLS came in clear text. */
  void refuseTls() {
    output.retractLastReply();
    state.resume();
    reply(Replies.INPUT_BEFORE_TLS);
  }

  /** Continues inside TLS, where nothing that the client sent before is valid any more. */
  void tlsStarted(SecureChannel channel) {
    state.resume();
    client.secure(channel);
    mail.endTransaction();
  }

  private void data(String argument) throws CommandRefusedException {
    requireNone(argument);
    mail.data();
  }

  /** The octets that follow are read even if the command is refused (RFC 3030, section 2). */
  private void bdat(String argument) throws CommandRefusedException {
    ChunkArgument chunk = ChunkArgument.parse(argument);
    try {
      policy.check(Verb.BDAT, state.transactionState());
      chunk.check();
      mail.bdat(chunk);
    } catch (CommandRefusedException e) {
      mail.skip(chunk, e.reply());
    }
  }

  private void rset(String argument) throws CommandRefusedException {
    requireNone(argument);
    reply(Replies.OK);
    mail.endTransaction();
  }

  private void quit(String argument) throws CommandRefusedException {
    requireNone(argument);
    reply(Replies.GOODBYE);
  }

  private void vrfy(String argument) throws CommandRefusedException {
    if (argument.isEmpty()) {
      throw CommandRefusedException.refuse(Replies.badArgument("VRFY needs an argument"));
    }
    reply(Replies.CANNOT_VERIFY);
  }

  private static void requireNone(String argument) throws CommandRefusedException {
    if (!argument.isEmpty()) {
      throw CommandRefusedException.refuse(Replies.badArgument("The command takes no argument"));
    }
  }

  private void reply(Reply reply) {
    output.reply(reply);
  }
}
