// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.smtpinflow.api.Client;

/**
 * Open Liberty's callbacks take a caller from its own user registry alone (J2CA0670E), and drop the
 * groups that the registry does not know. So a caller whom the adapter has authenticated by a
 * credentials file, a token or a certificate could not be named to a bean. What Liberty takes too
 * is a subject that has logged in. This does so by its JAAS configuration, with the properties that
 * Liberty documents for whoever has authenticated somebody by other means.
 *
 * <p>So the groups are always those of the identity, also for somebody who has the name of one in
 * the registry.
 */
final class LibertyLogin {

  private static final String LIBERTY = "com.ibm.ws.jca.security.";

  /** Liberty takes a name of this form for one that it has made itself, with the realm in it. */
  private static final String ACCESS_ID = "user:";

  private LibertyLogin() {}

  /** Says whether a callback handler is Liberty's. */
  static boolean isFor(CallbackHandler handler) {
    return handler.getClass().getName().startsWith(LIBERTY);
  }

  /**
   * Logs a caller in, in the realm of the server's registry.
   *
   * @throws LoginException if the server does not take the caller
   */
  @SuppressWarnings("JdkObsolete") // Liberty looks for a Hashtable, with an ArrayList.
  static void logIn(Subject subject, Client.Identity caller) throws LoginException {
    if (caller.name().startsWith(ACCESS_ID)) {
      throw new LoginException("a name that begins with " + ACCESS_ID + " is one of the server's");
    }
    subject
        .getPrivateCredentials()
        .add(
            new Hashtable<>(
                Map.of(
                    "com.ibm.wsspi.security.cred.uniqueId",
                    caller.name(),
                    "com.ibm.wsspi.security.cred.securityName",
                    caller.name(),
                    SubjectGroups.LIBERTY_GROUPS,
                    new ArrayList<>(caller.groups()))));
    new LoginContext("system.DEFAULT", subject).login();
  }
}
