// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

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

/**
 * That an agent's message is to be sent on to the customer, and what became of it. It is stored in
 * the transaction that stores the message: there is never one without the other.
 */
@Entity
@Table(
    name = "helpdesk_answer",
    indexes = @Index(name = "helpdesk_answer_due", columnList = "sending_state, next_attempt_at"))
public class Answer {

  /** How far the sending has come. */
  public enum State {
    /** It is to be sent, for the first time or again. */
    WAITING,
    /** The mail server has taken it. */
    SENT,
    /** It is not going to be sent. */
    FAILED
  }

  /** With the pauses below, the last attempt is two days after the first. */
  static final int MAX_ATTEMPTS = 22;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(4);

  /** When an attempt that nobody heard of again is taken for lost, and made once more. */
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

  @Column(name = "recipient", nullable = false, length = ReceivedMail.MAX_PATH)
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

  /** Makes one that is to be sent as soon as the message is stored. */
  Answer(TicketMessage message, String recipient) {
    this.message = message;
    this.recipient = recipient;
    this.state = State.WAITING;
    this.nextAttemptAt = message.receivedAt();
    message.answeredBy(this);
  }

  /** Says that the answer is not going to be sent. */
  void fail(String why) {
    state = State.FAILED;
    nextAttemptAt = null;
    reason = why;
  }

  /** Says whether an attempt is to be made, and none is being made. */
  boolean isDue(OffsetDateTime now) {
    return state == State.WAITING && !nextAttemptAt.isAfter(now);
  }

  /** Says that an attempt begins. */
  void attempt(OffsetDateTime now) {
    attempts++;
    nextAttemptAt = now.plus(ATTEMPT);
  }

  /** Says that the mail server has taken the answer. */
  void sent(OffsetDateTime now) {
    state = State.SENT;
    nextAttemptAt = null;
    sentAt = now;
    reason = "";
  }

  /** Says that an attempt came to nothing, and another one may not. */
  void retry(OffsetDateTime now, String why) {
    if (attempts >= MAX_ATTEMPTS) {
      fail(why);
    } else {
      nextAttemptAt = now.plus(pauseAfter(attempts));
      reason = why;
    }
  }

  /** Returns how long to wait after so many attempts: twice as long each time, up to a limit. */
  static Duration pauseAfter(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MAX_ATTEMPTS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Returns the primary key. */
  public long id() {
    return id;
  }

  /** Returns the message that is sent on. */
  public TicketMessage message() {
    return message;
  }

  /** Returns the customer's mailbox; empty if the customer has none. */
  public String recipient() {
    return recipient;
  }

  /** Returns how far the sending has come. */
  public State state() {
    return state;
  }

  /** Returns how many attempts to send it have begun. */
  public int attempts() {
    return attempts;
  }

  /** Returns when the next attempt is made, in UTC; empty if there is none to come. */
  public Optional<OffsetDateTime> nextAttemptAt() {
    return Optional.ofNullable(nextAttemptAt);
  }

  /** Returns when the mail server took it, in UTC; empty if it has not. */
  public Optional<OffsetDateTime> sentAt() {
    return Optional.ofNullable(sentAt);
  }

  /** Returns why it was not sent, in the last attempt or for good; empty if nothing is wrong. */
  public String reason() {
    return reason;
  }
}
