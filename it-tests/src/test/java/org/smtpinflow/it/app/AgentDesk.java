// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Open to agents only. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
@RolesAllowed("agent")
public class AgentDesk {

  @Resource private SessionContext context;

  /** Returns the name of the caller, who is an agent. */
  public String greet() {
    return context.getCallerPrincipal().getName();
  }
}
