// SPDX-License-Identifier: Apache-2.0
/**
 * The resource adapter's public Jakarta Connectors classes, whose names appear in the
 * configurations of application servers.
 *
 * <p>May import {@link org.smtpinflow.rar.settings} and {@link org.smtpinflow.rar.inflow}, which do
 * not import it.
 */
package org.smtpinflow.rar;
