// SPDX-License-Identifier: Apache-2.0
/**
 * The resource adapter's public Jakarta Connectors classes, whose names stand in the configurations
 * of application servers.
 *
 * <p>May import {@link org.smtpinflow.rar.settings} and {@link org.smtpinflow.rar.inflow}, which
 * know nothing of it.
 */
package org.smtpinflow.rar;
