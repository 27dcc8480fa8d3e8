// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.smtpinflow.sample.helpdesk.StoredMail;
import org.smtpinflow.sample.helpdesk.TicketMessage;
import org.smtpinflow.sample.helpdesk.mime.MimeReading;

/**
 * An agent's message that is sent on to the customer, and the state of the sending. It is stored in
 * the transaction that stores the message, so neither is there without the other.
 */
@Entity
@Table(
    name = "helpdesk_answer",
    indexes = @Index(name = "helpdesk_answer_due", columnList = "sending_state, next_attempt_at"))
public class Answer {

  /** The state of the sending. */
  public enum State {
    /** The answer is to be sent, for the first time or again. */
    WAITING,
    /** The mail server has taken the answer. */
    SENT,
    /** The answer will not be sent. */
    FAILED
  }

  /** With the pauses below, the last attempt is two days after the first. */
  static final int MAX_ATTEMPTS = 22;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(4);

  /** An attempt without an outcome after so long counts as lost and is repeated. */
  private static final Duration ATTEMPT = Duration.ofMinutes(15);

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "helpdesk_answer_id")
  @SequenceGenerator(
      name = "helpdesk_answer_id",
      sequenceName = "helpdesk_answer_id",
      allocationSize = 1)
  private long id;

  @OneToOne(optional = false, fetch = FetchType.LAZY)
  @JoinColumn(name = "message_id", unique = true)
  private TicketMessage message;

  @Column(name = "recipient", nullable = false, length = StoredMail.MAX_PATH)
  private String recipient;

  @Enumerated(EnumType.STRING)
  @Column(name = "sending_state", nullable = false, length = 16)
  private State state;

  @Column(name = "attempts")
  private int attempts;

  @Column(name = "next_attempt_at")
  private OffsetDateTime nextAttemptAt;

  @Column(name = "sent_at")
  private OffsetDateTime sentAt;

  @Column(name = "reason", nullable = false, length = MimeReading.MAX_FIELD)
  private String reason = "";

  /** For the persistence provider. */
  protected Answer() {}

  /** Makes an answer that is to be sent as soon as the message is stored. */
  Answer(TicketMessage message, String recipient) {
    this.message = message;
    this.recipient = recipient;
    this.state = State.WAITING;
    this.nextAttemptAt = message.receivedAt();
  }

  /** Gives the answer up. */
  void fail(String why) {
    state = State.FAILED;
    nextAttemptAt = null;
    reason = why;
  }

  /** Returns whether an attempt is due and none is under way. */
  boolean isDue(OffsetDateTime now) {
    return state == State.WAITING && !nextAttemptAt.isAfter(now);
  }

  /** Marks the begin of an attempt. */
  void attempt(OffsetDateTime now) {
    attempts++;
    nextAttemptAt = now.plus(ATTEMPT);
  }

  /** Marks the answer as taken by the mail server. */
  void sent(OffsetDateTime now) {
    state = State.SENT;
    nextAttemptAt = null;
    sentAt = now;
    reason = "";
  }

  /** Plans another attempt after one that failed, or gives up after the last one. */
  void retry(OffsetDateTime now, String why) {
    if (attempts >= MAX_ATTEMPTS) {
      fail(why);
    } else {
      nextAttemptAt = now.plus(pauseAfter(attempts));
      reason = why;
    }
  }

  /** Returns the pause after so many attempts: it doubles each time, up to a limit. */
  static Duration pauseAfter(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MAX_ATTEMPTS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Returns the primary key. */
  public long id() {
    return id;
  }

  /** Returns the agent's message. */
  public TicketMessage message() {
    return message;
  }

  /** Returns the customer's mailbox; empty if the customer has none. */
  public String recipient() {
    return recipient;
  }

  /** Returns the state of the sending. */
  public State state() {
    return state;
  }

  /** Returns the number of attempts begun. */
  public int attempts() {
    return attempts;
  }

  /** Returns the time of the next attempt, in UTC; empty if there is none. */
  public Optional<OffsetDateTime> nextAttemptAt() {
    return Optional.ofNullable(nextAttemptAt);
  }

  /** Returns when the mail server took the answer, in UTC; empty if it has not. */
  public Optional<OffsetDateTime> sentAt() {
    return Optional.ofNullable(sentAt);
  }

  /** Returns why the last attempt failed, or why there is none; empty if nothing is wrong. */
  public String reason() {
    return reason;
  }
}
