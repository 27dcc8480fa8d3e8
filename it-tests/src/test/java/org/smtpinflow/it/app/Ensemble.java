// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.ejb.MessageDrivenContext;
import javax.sql.DataSource;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailRefusedException;
import org.smtpinflow.api.MailRejectedException;

/**
 * What a bean does with a mail that others take too: all write it down, and the second one that
 * does, whichever it is, ends as the detail of the recipient's local part says ({@code
 * both+detail}).
 */
public final class Ensemble {

  private final Notebook notebook;
  private final MessageDrivenContext context;

  Ensemble(DataSource database, MessageDrivenContext context) {
    this.notebook = new Notebook(database);
    this.context = context;
  }

  void take(String bean, Mail mail) throws MailRefusedException {
    notebook.note(bean, mail);
    if (notebook.count(mail) == 2) {
      end(detail(mail.envelope().recipients().get(0).path()));
    }
  }

  private static String detail(ForwardPath path) {
    return path.localPart().substring(path.localPart().indexOf('+') + 1);
  }

  private void end(String wanted) throws MailRefusedException {
    switch (wanted) {
      case "reject" -> throw new MailRejectedException("The second bean does not want it");
      case "throw" -> throw new IllegalStateException("the second bean failed");
      case "rollback" -> context.setRollbackOnly();
      default -> {}
    }
  }
}
