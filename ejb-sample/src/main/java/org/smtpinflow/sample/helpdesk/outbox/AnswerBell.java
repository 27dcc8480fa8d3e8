// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Has an answer sent as soon as the transaction that stored it has committed. */
@ApplicationScoped
public class AnswerBell {

  @Inject private AnswerSender sender;

  void onQueued(@Observes(during = TransactionPhase.AFTER_SUCCESS) AnswerQueued queued) {
    sender.deliverSoon(queued.id());
  }
}
