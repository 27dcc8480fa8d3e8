// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import java.security.Principal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;

/**
 * The groups in the subject of a user whom the server has authenticated. No specification says
 * where they are, so this is the one place that tells servers apart. It does so by names, as the
 * classes of one server are missing in the others.
 */
final class SubjectGroups {

  private static final String WILDFLY_IDENTITY =
      "org.wildfly.security.auth.server.SecurityIdentity";

  /** Where Open Liberty's logins have groups, as a list, among the properties of a user. */
  static final String LIBERTY_GROUPS = "com.ibm.wsspi.security.cred.groups";

  private SubjectGroups() {}

  /** Returns the user's groups; none if the subject tells of none. */
  static Set<String> of(Subject subject) {
    Set<String> groups = new HashSet<>();
    for (Principal principal : subject.getPrincipals()) {
      // Payara and GlassFish: org.glassfish.security.common.Group.
      if (principal.getClass().getSimpleName().equals("Group")) {
        groups.add(principal.getName());
      }
    }
    for (Object credential : subject.getPrivateCredentials()) {
      if (credential.getClass().getName().equals(WILDFLY_IDENTITY)) {
        addRoles(credential, groups);
      }
      if (credential instanceof Map<?, ?> properties
          && properties.get(LIBERTY_GROUPS) instanceof Collection<?> names) {
        names.forEach(name -> groups.add(String.valueOf(name)));
      }
    }
    return groups;
  }

  /** WildFly keeps the identity, of which its security domain has made roles already. */
  private static void addRoles(Object identity, Set<String> groups) {
    try {
      Object roles = identity.getClass().getMethod("getRoles").invoke(identity);
      ((Iterable<?>) roles).forEach(role -> groups.add((String) role));
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalStateException("the server's identities tell no roles", e);
    }
  }
}
