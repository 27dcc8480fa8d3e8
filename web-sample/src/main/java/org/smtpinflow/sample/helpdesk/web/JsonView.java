// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.smtpinflow.sample.helpdesk.ArchivedMail;
import org.smtpinflow.sample.helpdesk.Attachment;
import org.smtpinflow.sample.helpdesk.PostmasterNote;
import org.smtpinflow.sample.helpdesk.ReadableMail;
import org.smtpinflow.sample.helpdesk.StoredMail;
import org.smtpinflow.sample.helpdesk.Ticket;
import org.smtpinflow.sample.helpdesk.TicketMessage;
import org.smtpinflow.sample.helpdesk.outbox.Answer;

/**
 * The JSON that clients see, field by field. Times are in UTC in the form of RFC 3339, sizes are in
 * octets, and a missing text is empty.
 */
final class JsonView {

  private JsonView() {}

  /** A ticket in a list. */
  static JsonObject summary(Ticket ticket) {
    return fields(ticket).build();
  }

  /**
   * A ticket with some of its messages.
   *
   * @param answers the answers among the messages, by the id of the message
   */
  static JsonObject ticket(Ticket ticket, List<TicketMessage> messages, Map<Long, Answer> answers) {
    return fields(ticket)
        .add(
            "messages",
            array(
                messages,
                message -> message(message, Optional.ofNullable(answers.get(message.id())))))
        .build();
  }

  private static JsonObjectBuilder fields(Ticket ticket) {
    return Json.createObjectBuilder()
        .add("id", ticket.id())
        .add("subject", ticket.subject())
        .add("from", ticket.from())
        .add("address", ticket.address())
        .add("openedAt", ticket.openedAt().toString())
        .add("updatedAt", ticket.updatedAt().toString())
        .add("messageCount", ticket.messageCount());
  }

  /**
   * A message. {@code agent} is the verified name of the agent who sent it, or empty. {@code
   * answer} is null, unless the message is an agent's answer to a customer.
   */
  private static JsonObject message(TicketMessage message, Optional<Answer> answer) {
    JsonObjectBuilder fields = Json.createObjectBuilder().add("number", message.number());
    return fields
        .addAll(envelope(message))
        .addAll(readable(message.readable()))
        .add("agent", message.agent().orElse(""))
        .add("answer", answer.<JsonValue>map(JsonView::answer).orElse(JsonValue.NULL))
        .add("attachments", array(message.attachments(), JsonView::attachment))
        .build();
  }

  /**
   * The sending of an answer. {@code state} is waiting, sent or failed. {@code reason} is why the
   * last attempt failed or why there is none. {@code nextAttemptAt} and {@code sentAt} are empty if
   * there is no such time.
   */
  private static JsonObject answer(Answer answer) {
    return Json.createObjectBuilder()
        .add("state", answer.state().name().toLowerCase(Locale.ROOT))
        .add("recipient", answer.recipient())
        .add("reason", answer.reason())
        .add("attempts", answer.attempts())
        .add("nextAttemptAt", answer.nextAttemptAt().map(Object::toString).orElse(""))
        .add("sentAt", answer.sentAt().map(Object::toString).orElse(""))
        .build();
  }

  private static JsonObject attachment(Attachment attachment) {
    return Json.createObjectBuilder()
        .add("number", attachment.number())
        .add("name", attachment.name())
        .add("type", attachment.type())
        .add("size", attachment.content().octets())
        .add("damaged", attachment.damaged())
        .build();
  }

  /** A note to the postmaster in a list. */
  static JsonObject noteSummary(PostmasterNote note) {
    return Json.createObjectBuilder()
        .add("id", note.id())
        .add("subject", note.readable().subject())
        .add("from", note.readable().from())
        .addAll(envelope(note))
        .build();
  }

  /** A note to the postmaster. */
  static JsonObject note(PostmasterNote note) {
    JsonObjectBuilder fields = Json.createObjectBuilder().add("id", note.id());
    return fields.addAll(envelope(note)).addAll(readable(note.readable())).build();
  }

  /** A mail in the archive. */
  static JsonObject archived(ArchivedMail mail) {
    return Json.createObjectBuilder().add("id", mail.id()).addAll(envelope(mail)).build();
  }

  private static JsonObjectBuilder envelope(StoredMail mail) {
    return Json.createObjectBuilder()
        .add("mailId", mail.mailId())
        .add("receivedAt", mail.receivedAt().toString())
        .add("sender", mail.sender())
        .add("recipients", Json.createArrayBuilder(mail.recipients()))
        .add("size", mail.original().octets());
  }

  private static JsonObjectBuilder readable(ReadableMail readable) {
    return Json.createObjectBuilder()
        .add("subject", readable.subject())
        .add("from", readable.from())
        .add("to", readable.to())
        .add("cc", readable.cc())
        .add("date", readable.date())
        .add("text", readable.text())
        .add("textTruncated", readable.textTruncated())
        .add("remarks", Json.createArrayBuilder(readable.remarks()));
  }

  private static <T> JsonArray array(List<T> entries, Function<T, JsonObject> json) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    entries.forEach(entry -> array.add(json.apply(entry)));
    return array.build();
  }
}
