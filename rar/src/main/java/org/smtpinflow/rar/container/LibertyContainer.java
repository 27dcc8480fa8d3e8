// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.smtpinflow.api.Client;

/** Open Liberty and WebSphere Liberty. */
final class LibertyContainer implements Container {

  /** The property of a Liberty login that contains the groups, as a list. */
  private static final String GROUPS = "com.ibm.wsspi.security.cred.groups";

  /**
   * Liberty takes a name with this prefix for one of its access IDs, which contain a realm as well.
   */
  private static final String ACCESS_ID = "user:";

  /** The number of the message "the user is not in the registry", the same in every language. */
  private static final String UNKNOWN_USER = "J2CA0670E";

  @Override
  public boolean owns(String className) {
    return className.startsWith("com.ibm.ws.");
  }

  @Override
  public String name() {
    return "Open Liberty";
  }

  /**
   * {@inheritDoc}
   *
   * <p>Liberty's callbacks accept only users of its registry (J2CA0670E), and drop groups that are
   * not in the registry. A caller who authenticated by a credentials file, a token or a certificate
   * need not be in the registry. This method therefore logs the caller in with Liberty's JAAS
   * configuration and the properties that Liberty documents for users who were authenticated
   * elsewhere. The caller's groups are those of the identity, even if the registry has a user of
   * the same name.
   */
  @Override
  @SuppressWarnings("JdkObsolete") // Liberty looks for a Hashtable that contains an ArrayList.
  public void establishCaller(CallbackHandler handler, Subject subject, Client.Identity caller)
      throws LoginException {
    if (caller.name().startsWith(ACCESS_ID)) {
      throw new LoginException("the name begins with " + ACCESS_ID + ", which Liberty reserves");
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
                    GROUPS,
                    new ArrayList<>(caller.groups()))));
    new LoginContext("system.DEFAULT", subject).login();
  }

  @Override
  public Set<String> groups(Subject subject) {
    Set<String> groups = new HashSet<>();
    for (Object credential : subject.getPrivateCredentials()) {
      if (credential instanceof Map<?, ?> properties
          && properties.get(GROUPS) instanceof Collection<?> names) {
        names.forEach(name -> groups.add(String.valueOf(name)));
      }
    }
    return groups;
  }

  /** {@inheritDoc} Liberty looks for the user before it checks the password. */
  @Override
  public boolean meansUnknownUser(IOException failure) {
    return failure.getCause() != null
        && String.valueOf(failure.getCause().getMessage()).contains(UNKNOWN_USER);
  }

  /** {@inheritDoc} Liberty may have mapped the caller's groups to other roles. */
  @Override
  public boolean checksRoles() {
    return true;
  }

  @Override
  public String transactionTimeoutSetting() {
    return "totalTranLifetimeTimeout of <transaction> in server.xml";
  }
}
