// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Has an answer sent as soon as its transaction has committed; otherwise there is no answer. */
@ApplicationScoped
public class AnswerBell {

  @Inject private Postman postman;

  void onQueued(@Observes(during = TransactionPhase.AFTER_SUCCESS) AnswerQueued queued) {
    postman.deliverSoon(queued.id());
  }
}
