// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The public keys of an issuer. They are fetched on the thread that needs them, and cached. No
 * other thread is started.
 */
final class JsonWebKeys {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 256 * 1024;

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration WAIT_FOR_ANOTHER_THREAD = Duration.ofSeconds(15);

  /** How long the last fetched keys stay in use while the issuer cannot be reached. */
  private static final Duration OUTAGE = Duration.ofHours(1);

  /** Limits requests: a token can name a key that is not in the set. */
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(30);

  private final Source fetching;
  private final JWKSource<SecurityContext> source;

  JsonWebKeys(URI uri) {
    this.fetching = new Source(url(uri));
    this.source =
        JWKSourceBuilder.create(fetching)
            .refreshAheadCache(false) // it would start threads
            .cache(FRESH.toMillis(), WAIT_FOR_ANOTHER_THREAD.toMillis())
            .rateLimited(BETWEEN_REQUESTS.toMillis())
            .outageTolerant(OUTAGE.toMillis())
            .build();
  }

  JWKSource<SecurityContext> source() {
    return source;
  }

  /** Returns whether the last request to the issuer succeeded. */
  boolean areReachable() {
    return fetching.answered;
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("oauthJwks: " + uri + " is not a URL", e);
    }
  }

  private static final class Source implements JWKSetSource<SecurityContext> {

    private final URL url;
    private final DefaultResourceRetriever retriever;
    private volatile boolean answered;

    Source(URL url) {
      this.url = url;
      this.retriever =
          new DefaultResourceRetriever(
              (int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), MAX_BYTES);
      // The Java runtime starts a thread for persistent connections. It starts none if the server
      // confirms that it closes the connection (RFC 9112, section 9.6).
      retriever.setHeaders(Map.of("Connection", List.of("close")));
    }

    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
        throws JWKSetUnavailableException {
      try {
        JWKSet keys = JWKSet.parse(retriever.retrieveResource(url).getContent());
        answered = true;
        return keys;
      } catch (IOException e) {
        throw unavailable(e.toString(), e);
      } catch (ParseException e) {
        throw unavailable("not a JWK set", e);
      }
    }

    private JWKSetUnavailableException unavailable(String why, Exception cause) {
      answered = false;
      LOG.log(Level.WARNING, "Cannot fetch the keys that sign tokens from {0}: {1}", url, why);
      return new JWKSetUnavailableException(why, cause);
    }

    @Override
    public void close() {}
  }
}
