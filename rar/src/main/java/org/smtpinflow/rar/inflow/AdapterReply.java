// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import org.smtpinflow.smtp.protocol.Reply;

/**
 * Every reply that the adapter gives, except those that a bean chooses. docs/replies.md lists them,
 * and a test compares the two.
 */
enum AdapterReply {
  /** The transaction committed; about the message id. */
  DELIVERED(250, "2.0.0", "Message … delivered"),

  RECIPIENT_OK(250, "2.1.5", "Recipient ok"),

  /** A bean failed, or the transaction did not commit. */
  FAILED(451, "4.3.0", "Message could not be processed, try again later"),

  /** A bean that must get the message is gone, is stopping, or has no free instance. */
  NO_BEAN(451, "4.3.2", "No one here can take the message now, try again later"),

  /** The delivery did not begin in time. */
  BUSY(451, "4.3.2", "Too busy to take the message now, try again later"),

  /** The container did not establish the sender as the caller of the beans. */
  NO_CALLER(451, "4.3.2", "Message of an authenticated sender cannot be taken now"),

  /** A bean that takes the recipient is stopping, or was removed a moment ago; about the path. */
  NOT_NOW(451, "4.3.2", "No mail is taken for … now, try again later"),

  /** RFC 3207, section 4. */
  TLS_REQUIRED(530, "5.7.0", "Mail for this recipient is taken through TLS alone"),

  /** RFC 4954, section 6. */
  AUTHENTICATION_REQUIRED(
      530, "5.7.0", "Mail for this recipient is taken from authenticated clients alone"),

  /** No bean takes the recipient; about the path. */
  NO_SUCH_RECIPIENT(550, "5.1.1", "No mail is taken for …"),

  /** The sender has no role that a bean allows. */
  NOT_AUTHORIZED(550, "5.7.1", "Not authorized to send to this recipient");

  private static final String SUBJECT = "…";

  private final int code;
  private final String status;
  private final String text;

  AdapterReply(int code, String status, String text) {
    this.code = code;
    this.status = status;
    this.text = text;
  }

  /** Returns the reply with the text as it stands; for one without a variable part, the reply. */
  Reply reply() {
    return Reply.of(code, status, text);
  }

  /** Returns the reply about a subject, which replaces the variable part of the text. */
  Reply about(Object subject) {
    return Reply.of(code, status, text.replace(SUBJECT, subject.toString()));
  }
}
