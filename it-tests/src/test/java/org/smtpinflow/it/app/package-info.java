// SPDX-License-Identifier: Apache-2.0
/**
 * What is deployed to the server under test: beans that write down what they see, and that do what
 * the test wants of them.
 */
package org.smtpinflow.it.app;
