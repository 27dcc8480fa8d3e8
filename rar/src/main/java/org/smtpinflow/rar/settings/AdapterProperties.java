// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import java.util.Objects;

/**
 * The properties of the resource adapter that an administrator sets: the JavaBean properties that
 * Jakarta Connectors demands (version 2.1, chapter 5). {@link AdapterSettings} checks them.
 *
 * <p>All properties are strings, even the numbers: a container that converts them itself may report
 * an invalid value without naming the property, or silently use the default. Null keeps the
 * default, because some containers set every unset property to null.
 */
public abstract class AdapterProperties extends AuthenticationProperties {

  private String bindAddress = "127.0.0.1";
  private String smtpPort = "2525";
  private String submissionPort = "-1";
  private String submissionsPort = "-1";
  private String lmtpPort = "-1";
  private String serverName = "";
  private String maxMessageSize = "52428800";
  private String maxHeaderSize = "524288";
  private String maxHeaderFields = "1000";
  private String maxRecipients = "100";
  private String maxTransactionsPerSession = "1000";
  private String maxErrorsPerSession = "20";
  private String maxJunkCommandsPerSession = "100";
  private String maxSessions = "1000";
  private String maxSessionsPerClient = "50";
  private String commandTimeout = "300";
  private String dataTimeout = "180";
  private String minDataRate = "500";
  private String crowdedTimeout = "10";
  private String acceptBareNewlines = "false";
  private String traceFields = "true";
  private String contentThreshold = "65536";
  private String contentDirectory = "";
  private String contentBudget = "1073741824";
  private String eventLoops = "2";
  private String maxDeliveries = "32";
  private String deliveryWait = "60";
  private String settleTime = "2";
  private String drainTimeout = "30";
  private String startPaused = "false";

  /** Makes properties with the default values. */
  protected AdapterProperties() {}

  /** Returns the address to listen on. */
  public String getBindAddress() {
    return bindAddress;
  }

  /** Sets the address to listen on: a name or an IP address of this host; 0.0.0.0 or :: for all. */
  public void setBindAddress(String bindAddress) {
    this.bindAddress = Objects.requireNonNullElse(bindAddress, this.bindAddress);
  }

  /** Returns the port to listen on for SMTP. */
  public String getSmtpPort() {
    return smtpPort;
  }

  /**
   * Sets the port to listen on for SMTP, -1 to 65535; -1 keeps the port closed, 0 takes any free
   * port.
   */
  public void setSmtpPort(String smtpPort) {
    this.smtpPort = Objects.requireNonNullElse(smtpPort, this.smtpPort);
  }

  /** Returns the port to listen on for submission. */
  public String getSubmissionPort() {
    return submissionPort;
  }

  /**
   * Sets the port to listen on for submission with STARTTLS (RFC 6409), -1 to 65535; -1 keeps the
   * port closed, 587 is the standard port.
   */
  public void setSubmissionPort(String submissionPort) {
    this.submissionPort = Objects.requireNonNullElse(submissionPort, this.submissionPort);
  }

  /** Returns the port to listen on for submission inside TLS. */
  public String getSubmissionsPort() {
    return submissionsPort;
  }

  /**
   * Sets the port to listen on for submission inside TLS (RFC 8314), -1 to 65535; -1 keeps the port
   * closed, 465 is the standard port.
   */
  public void setSubmissionsPort(String submissionsPort) {
    this.submissionsPort = Objects.requireNonNullElse(submissionsPort, this.submissionsPort);
  }

  /** Returns the port to listen on for LMTP. */
  public String getLmtpPort() {
    return lmtpPort;
  }

  /**
   * Sets the port to listen on for LMTP (RFC 2033), -1 to 65535; -1 keeps the port closed, 24 is
   * the standard port.
   */
  public void setLmtpPort(String lmtpPort) {
    this.lmtpPort = Objects.requireNonNullElse(lmtpPort, this.lmtpPort);
  }

  /** Returns the name of the server in its greeting and in Received fields. */
  public String getServerName() {
    return serverName;
  }

  /**
   * Sets the name of the server in its greeting and in Received fields: a domain name or an address
   * literal. If it is empty, the host's name is used.
   */
  public void setServerName(String serverName) {
    this.serverName = Objects.requireNonNullElse(serverName, this.serverName);
  }

  /** Returns how many octets of content a message may have. */
  public String getMaxMessageSize() {
    return maxMessageSize;
  }

  /**
   * Sets how many octets of content a message may have, at least 65536 (RFC 5321, section
   * 4.5.3.1.7).
   */
  public void setMaxMessageSize(String maxMessageSize) {
    this.maxMessageSize = Objects.requireNonNullElse(maxMessageSize, this.maxMessageSize);
  }

  /** Returns how many octets the header of a message may have. */
  public String getMaxHeaderSize() {
    return maxHeaderSize;
  }

  /** Sets how many octets the header of a message may have, 4096 to 16777216. */
  public void setMaxHeaderSize(String maxHeaderSize) {
    this.maxHeaderSize = Objects.requireNonNullElse(maxHeaderSize, this.maxHeaderSize);
  }

  /** Returns how many fields the header of a message may have. */
  public String getMaxHeaderFields() {
    return maxHeaderFields;
  }

  /** Sets how many fields the header of a message may have, 100 to 100000. */
  public void setMaxHeaderFields(String maxHeaderFields) {
    this.maxHeaderFields = Objects.requireNonNullElse(maxHeaderFields, this.maxHeaderFields);
  }

  /** Returns how many recipients a message may have. */
  public String getMaxRecipients() {
    return maxRecipients;
  }

  /** Sets how many recipients a message may have, 100 to 100000 (RFC 5321, section 4.5.3.1.8). */
  public void setMaxRecipients(String maxRecipients) {
    this.maxRecipients = Objects.requireNonNullElse(maxRecipients, this.maxRecipients);
  }

  /** Returns how many mail transactions a session may have. */
  public String getMaxTransactionsPerSession() {
    return maxTransactionsPerSession;
  }

  /** Sets how many mail transactions a session may have, 1 to 1000000. */
  public void setMaxTransactionsPerSession(String maxTransactionsPerSession) {
    this.maxTransactionsPerSession =
        Objects.requireNonNullElse(maxTransactionsPerSession, this.maxTransactionsPerSession);
  }

  /** Returns after how many refused commands a session is closed. */
  public String getMaxErrorsPerSession() {
    return maxErrorsPerSession;
  }

  /** Sets after how many refused commands a session is closed, 1 to 1000. */
  public void setMaxErrorsPerSession(String maxErrorsPerSession) {
    this.maxErrorsPerSession =
        Objects.requireNonNullElse(maxErrorsPerSession, this.maxErrorsPerSession);
  }

  /** Returns after how many commands that do not advance a mail transaction a session is closed. */
  public String getMaxJunkCommandsPerSession() {
    return maxJunkCommandsPerSession;
  }

  /**
   * Sets after how many commands that do not advance a mail transaction, such as NOOP, a session is
   * closed, 10 to 100000.
   */
  public void setMaxJunkCommandsPerSession(String maxJunkCommandsPerSession) {
    this.maxJunkCommandsPerSession =
        Objects.requireNonNullElse(maxJunkCommandsPerSession, this.maxJunkCommandsPerSession);
  }

  /** Returns how many sessions may be open at the same time. */
  public String getMaxSessions() {
    return maxSessions;
  }

  /** Sets how many sessions may be open at the same time, 1 to 100000. */
  public void setMaxSessions(String maxSessions) {
    this.maxSessions = Objects.requireNonNullElse(maxSessions, this.maxSessions);
  }

  /** Returns how many sessions one client address may have open at the same time. */
  public String getMaxSessionsPerClient() {
    return maxSessionsPerClient;
  }

  /** Sets how many sessions one client address may have open at the same time, 1 to 100000. */
  public void setMaxSessionsPerClient(String maxSessionsPerClient) {
    this.maxSessionsPerClient =
        Objects.requireNonNullElse(maxSessionsPerClient, this.maxSessionsPerClient);
  }

  /** Returns how many seconds a client has for each command. */
  public String getCommandTimeout() {
    return commandTimeout;
  }

  /** Sets how many seconds a client has for each command, 1 to 86400 (RFC 5321, 4.5.3.2.7). */
  public void setCommandTimeout(String commandTimeout) {
    this.commandTimeout = Objects.requireNonNullElse(commandTimeout, this.commandTimeout);
  }

  /** Returns how many seconds a client has for message content. */
  public String getDataTimeout() {
    return dataTimeout;
  }

  /**
   * Sets how many seconds a client has for message content, 1 to 86400; content adds to it at
   * minDataRate (RFC 5321, section 4.5.3.2.5).
   */
  public void setDataTimeout(String dataTimeout) {
    this.dataTimeout = Objects.requireNonNullElse(dataTimeout, this.dataTimeout);
  }

  /** Returns the octets of message content that give a client one more second. */
  public String getMinDataRate() {
    return minDataRate;
  }

  /**
   * Sets the octets of message content that give a client one more second, 1 to 1000000. A message
   * of n octets may take n / minDataRate + dataTimeout seconds.
   */
  public void setMinDataRate(String minDataRate) {
    this.minDataRate = Objects.requireNonNullElse(minDataRate, this.minDataRate);
  }

  /** Returns the time-out of sessions that have achieved nothing while many are open. */
  public String getCrowdedTimeout() {
    return crowdedTimeout;
  }

  /**
   * Sets the value of commandTimeout and dataTimeout while more than three quarters of maxSessions
   * are open, in seconds, 1 to 86400; only for sessions that have neither authenticated nor had a
   * message accepted.
   */
  public void setCrowdedTimeout(String crowdedTimeout) {
    this.crowdedTimeout = Objects.requireNonNullElse(crowdedTimeout, this.crowdedTimeout);
  }

  /** Returns whether content may have a CR or LF outside a CRLF. */
  public String getAcceptBareNewlines() {
    return acceptBareNewlines;
  }

  /** Sets whether content may have a CR or LF outside a CRLF. Neither ever ends a message. */
  public void setAcceptBareNewlines(String acceptBareNewlines) {
    this.acceptBareNewlines =
        Objects.requireNonNullElse(acceptBareNewlines, this.acceptBareNewlines);
  }

  /** Returns whether Return-Path and Received fields are added in front of the content. */
  public String getTraceFields() {
    return traceFields;
  }

  /**
   * Sets whether Return-Path and Received fields are added in front of the content (RFC 5321,
   * section 4.4).
   */
  public void setTraceFields(String traceFields) {
    this.traceFields = Objects.requireNonNullElse(traceFields, this.traceFields);
  }

  /** Returns how many octets of a message stay on the heap. */
  public String getContentThreshold() {
    return contentThreshold;
  }

  /**
   * Sets how many octets of a message stay on the heap, 0 to 16777216. Longer content goes to a
   * file.
   */
  public void setContentThreshold(String contentThreshold) {
    this.contentThreshold = Objects.requireNonNullElse(contentThreshold, this.contentThreshold);
  }

  /** Returns the directory for files with content. */
  public String getContentDirectory() {
    return contentDirectory;
  }

  /** Sets the directory for files with content. If it is empty, java.io.tmpdir is used. */
  public void setContentDirectory(String contentDirectory) {
    this.contentDirectory = Objects.requireNonNullElse(contentDirectory, this.contentDirectory);
  }

  /** Returns how many octets the content of all sessions together may have. */
  public String getContentBudget() {
    return contentBudget;
  }

  /**
   * Sets how many octets the content of all sessions together may have, on the heap and on disk; at
   * least maxMessageSize.
   */
  public void setContentBudget(String contentBudget) {
    this.contentBudget = Objects.requireNonNullElse(contentBudget, this.contentBudget);
  }

  /** Returns how many threads serve the sessions. */
  public String getEventLoops() {
    return eventLoops;
  }

  /** Sets how many threads serve the sessions, 1 to 64. */
  public void setEventLoops(String eventLoops) {
    this.eventLoops = Objects.requireNonNullElse(eventLoops, this.eventLoops);
  }

  /** Returns how many messages are delivered to beans at the same time. */
  public String getMaxDeliveries() {
    return maxDeliveries;
  }

  /** Sets how many messages are delivered to beans at the same time, 1 to 1000. */
  public void setMaxDeliveries(String maxDeliveries) {
    this.maxDeliveries = Objects.requireNonNullElse(maxDeliveries, this.maxDeliveries);
  }

  /** Returns how many seconds a message waits while its bean is busy. */
  public String getDeliveryWait() {
    return deliveryWait;
  }

  /**
   * Sets how many seconds a message waits while its bean is busy, 0 to 540. After that the sender
   * gets 451.
   */
  public void setDeliveryWait(String deliveryWait) {
    this.deliveryWait = Objects.requireNonNullElse(deliveryWait, this.deliveryWait);
  }

  /** Returns how many seconds RCPT waits after the activation of a bean for further activations. */
  public String getSettleTime() {
    return settleTime;
  }

  /**
   * Sets how many seconds RCPT waits after the activation of a bean for further activations, 0 to
   * 60.
   */
  public void setSettleTime(String settleTime) {
    this.settleTime = Objects.requireNonNullElse(settleTime, this.settleTime);
  }

  /**
   * Returns how many seconds open mail transactions and deliveries may continue after the last bean
   * was deactivated.
   */
  public String getDrainTimeout() {
    return drainTimeout;
  }

  /**
   * Sets how many seconds open mail transactions and deliveries may continue after the last bean
   * was deactivated, 0 to 3600.
   */
  public void setDrainTimeout(String drainTimeout) {
    this.drainTimeout = Objects.requireNonNullElse(drainTimeout, this.drainTimeout);
  }

  /** Returns whether the mail server starts paused. */
  public String getStartPaused() {
    return startPaused;
  }

  /**
   * Sets whether the mail server starts paused: clients get 421 until the administered object
   * resumes it.
   */
  public void setStartPaused(String startPaused) {
    this.startPaused = Objects.requireNonNullElse(startPaused, this.startPaused);
  }
}
