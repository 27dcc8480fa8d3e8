// SPDX-License-Identifier: Apache-2.0
/**
 * The differences between containers (application servers): how a caller is established, who
 * commits, who checks a bean's roles, and which class loader a Work starts with.
 *
 * <p>May import nothing else of the adapter.
 */
package org.smtpinflow.rar.container;
