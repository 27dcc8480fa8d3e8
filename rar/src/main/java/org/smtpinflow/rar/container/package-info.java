// SPDX-License-Identifier: Apache-2.0
/**
 * What differs between application servers: how a caller is established, who commits, who checks a
 * bean's roles, and which class loader a Work begins with.
 *
 * <p>May import nothing else of the adapter.
 */
package org.smtpinflow.rar.container;
