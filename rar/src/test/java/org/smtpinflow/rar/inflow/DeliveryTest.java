// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.RolesAllowed;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRefusedException;
import org.smtpinflow.api.MailRejectedException;
import org.smtpinflow.rar.container.TestContainer;
import org.smtpinflow.rar.container.Transactions;
import org.smtpinflow.smtp.protocol.Reply;

/** What only a server's own commit tells, and whom the adapter keeps out where no server does. */
class DeliveryTest {

  private static final Reply DELIVERED = Reply.of(250, "2.0.0", "Message ID delivered");
  private static final Reply NOT_AUTHORIZED =
      Reply.of(550, "5.7.1", "Not authorized to send to this recipient");

  private final TestTransactions server = new TestTransactions();

  private boolean failingRelease;

  /** What happened, in order. */
  private final List<String> events = new ArrayList<>();

  private Reply deliver(Optional<Client.Identity> sender, MailListener... beans) {
    MailEndpoint[] endpoints = Stream.of(beans).map(this::activate).toArray(MailEndpoint[]::new);
    return TestMail.delivery(
            sender, new Transactions(server, Optional.of(server), "the test"), endpoints)
        .deliver();
  }

  private Reply deliver(MailListener... beans) {
    return deliver(Optional.empty(), beans);
  }

  private MailEndpoint activate(MailListener bean) {
    try {
      MessageEndpointFactory factory = new BeanInTransaction(bean);
      return new MailEndpoint(
          factory,
          new Object(),
          TestBean.settings("*", 1),
          MethodPermission.of(factory, new TestContainer()));
    } catch (ResourceException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Exception> failures() {
    return Stream.of(
        new HeuristicMixedException(),
        new HeuristicRollbackException(),
        new RollbackException(),
        new SystemException(),
        new IllegalStateException());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aCommitThatFailsIs451WhateverSynchronizationsAreTold(Exception failure) {
    server.failWith(failure, Status.STATUS_COMMITTED);
    assertThat(deliver(mail -> events.add("onMail"))).isEqualTo(AdapterReply.FAILED.reply());
    assertThat(events).containsExactly("begin", "onMail", "end", "release");
  }

  @Test
  void aCommitThatSucceedsIs250() {
    assertThat(deliver(mail -> events.add("one"), mail -> events.add("two"))).isEqualTo(DELIVERED);
    assertThat(events).containsExactly("begin", "one", "two", "end", "release", "release");
  }

  @Test
  void theContainerRollsBackARefusalOrAMark() {
    assertThat(
            deliver(
                mail -> {
                  throw new MailRejectedException("not me");
                }))
        .isEqualTo(Reply.of(550, "5.7.1", "not me"));
    assertThat(deliver(mail -> server.setRollbackOnly())).isEqualTo(AdapterReply.FAILED.reply());
    assertThat(events)
        .containsExactly(
            "begin", "rollback", "end", "release", "begin", "rollback", "end", "release");
  }

  @Test
  void aCommitIs250EvenIfAnEndpointCannotBeReleased() {
    failingRelease = true;
    assertThat(deliver(mail -> events.add("one"), mail -> events.add("two"))).isEqualTo(DELIVERED);
    assertThat(events).containsExactly("begin", "one", "two", "end", "release", "release");
  }

  /** As of one that timed out between the question and the mark. */
  @Test
  void aTransactionThatCannotBeMarkedEndsWithTheReplyOfTheBean() {
    server.refuseToMark();
    assertThat(
            deliver(
                mail -> {
                  throw new MailRejectedException("not me");
                }))
        .isEqualTo(Reply.of(550, "5.7.1", "not me"));
    assertThat(events).containsExactly("begin", "rollback", "end", "release");
  }

  /** A bean for agents. */
  @RolesAllowed("agent")
  private final class ForAgents implements MailListener {

    @Override
    public void onMail(Mail mail) {
      events.add("agents");
    }
  }

  @Test
  void noBeanIsCalledForASenderWhoMayNotCallAllOfThem() {
    Optional<Client.Identity> guest = Optional.of(new Client.Identity("ann", Set.of("guest")));
    for (Optional<Client.Identity> sender : List.of(guest, Optional.<Client.Identity>empty())) {
      assertThat(
              deliver(
                  sender, mail -> events.add("smtp submission submissions lmtp"), new ForAgents()))
          .isEqualTo(NOT_AUTHORIZED);
    }
    assertThat(events).isEmpty();

    Optional<Client.Identity> agent = Optional.of(new Client.Identity("bob", Set.of("agent")));
    assertThat(
            deliver(agent, mail -> events.add("smtp submission submissions lmtp"), new ForAgents()))
        .isEqualTo(DELIVERED);
    assertThat(events).contains("smtp submission submissions lmtp", "agents");
  }

  /** Begins and ends the transaction of a bean, and swallows what goes wrong in the end. */
  private final class BeanInTransaction implements MessageEndpointFactory {

    private final MailListener bean;

    BeanInTransaction(MailListener bean) {
      this.bean = bean;
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) {
      return new Endpoint();
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout) {
      return new Endpoint();
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
      return true;
    }

    @Override
    public String getActivationName() {
      return "test";
    }

    @Override
    public Class<?> getEndpointClass() {
      return bean.getClass();
    }

    private final class Endpoint implements MessageEndpoint, MailListener {

      @Override
      public void beforeDelivery(Method method) {
        server.begin();
        events.add("begin");
      }

      @Override
      public void onMail(Mail mail) throws MailRefusedException {
        bean.onMail(mail);
      }

      @Override
      public void afterDelivery() {
        if (server.getStatus() == Status.STATUS_MARKED_ROLLBACK) {
          events.add("rollback");
          server.rollback();
        } else if (server.getStatus() == Status.STATUS_ACTIVE) {
          try {
            server.commit();
          } catch (Exception e) {
            events.add("failure in the log");
          }
        }
        events.add("end");
      }

      @Override
      public void release() {
        events.add("release");
        if (failingRelease) {
          throw new IllegalStateException("gone");
        }
      }
    }
  }
}
