package dev.stanch.revokers.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.plan.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One response, with everything that was meant, done and proven. Thread-safe, and safe to be used
/// by several processes at once.
public final class Incident {
  /// How long a process may be silent before another one takes its steps over.
  public static final Duration LEASE = Duration.ofMinutes(2);

  /// What must be left of a lease when a call begins: longer than a call may take.
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final JsonMapper JSON = new JsonMapper();

  private final String id;
  private final TokenKey key;
  private final Session session;
  private final String by;
  private final Standing.Fold fold = new Standing.Fold();

  Incident(String id, TokenKey key, Session session, String by) {
    this.id = id;
    this.key = key;
    this.session = session;
    this.by = by;
  }

  /// Its name.
  public String id() {
    return id;
  }

  /// The key that names its tokens.
  public TokenKey key() {
    return key;
  }

  /// Everything so far, in order.
  public List<JournalEntry.Recorded> entries() throws JournalException {
    return after(0);
  }

  private List<JournalEntry.Recorded> after(long seen) throws JournalException {
    return session.transact(
        transaction ->
            transaction.query(
                "SELECT seq, body, hash FROM stanch_entry WHERE incident = ? AND seq > ?"
                    + " ORDER BY seq",
                rows -> {
                  var entries = new ArrayList<JournalEntry.Recorded>();
                  while (rows.next()) {
                    entries.add(recorded(rows.getLong(1), rows.getString(2), rows.getString(3)));
                  }
                  return entries;
                },
                id,
                seen));
  }

  private static JournalEntry.Recorded recorded(long seq, String body, String hash)
      throws JournalException {
    try {
      JsonNode tree = JSON.readTree(body);
      return new JournalEntry.Recorded(
          seq,
          Instant.parse(tree.path("at").asText()),
          tree.path("by").asText(),
          JournalEntry.of(tree),
          hash);
    } catch (JsonProcessingException | RuntimeException e) {
      throw new JournalException("entry " + seq + " of the journal cannot be read", e);
    }
  }

  /// How it stands: the list folded.
  public Standing standing() throws JournalException {
    synchronized (fold) {
      for (JournalEntry.Recorded recorded : after(fold.seq())) {
        fold.add(recorded);
      }
      return fold.standing(id);
    }
  }

  /// The hash of the last entry: whoever noted it can tell whether the list was changed.
  public String head() throws JournalException {
    return session.transact(
        transaction ->
            transaction.query(
                "SELECT head_hash FROM stanch_incident WHERE id = ?",
                rows -> rows.next() ? rows.getString(1) : "",
                id));
  }

  /// Whether somebody asked every process to stop.
  public boolean paused() throws JournalException {
    return session.transact(
        transaction ->
            transaction.query(
                "SELECT paused FROM stanch_incident WHERE id = ?",
                rows -> rows.next() && rows.getInt(1) != 0,
                id));
  }

  /// Asks every process to stop.
  public void pause() throws JournalException {
    flagged(new JournalEntry.Paused(), "UPDATE stanch_incident SET paused = 1 WHERE id = ?");
  }

  /// Says that a run begins to work on it; it is not paused any more.
  public void resume(String reason) throws JournalException {
    flagged(new JournalEntry.Resumed(reason), "UPDATE stanch_incident SET paused = 0 WHERE id = ?");
  }

  /// Says that nothing is left.
  public void close() throws JournalException {
    flagged(new JournalEntry.Closed(), "UPDATE stanch_incident SET closed = 1 WHERE id = ?");
  }

  /// Remembers what is no step.
  public void note(JournalEntry entry) throws JournalException {
    flagged(entry, "UPDATE stanch_incident SET paused = paused WHERE id = ?");
  }

  private void flagged(JournalEntry entry, String sql) throws JournalException {
    session.transact(
        transaction -> {
          var chain = Chain.lock(transaction, id, by);
          chain.append(entry);
          chain.write();
          return transaction.update(sql, id);
        });
  }

  /// Takes steps over for `holder`, as many as nobody else holds, and says how they stand.
  public Map<Integer, StepState.Kind> claim(String holder, Collection<Integer> numbers)
      throws JournalException {
    return session.transact(
        transaction -> {
          var claimed = new TreeMap<Integer, StepState.Kind>();
          long now = transaction.now();
          // In one order, so that two processes do not wait for each other's rows.
          for (int number : numbers.stream().sorted().toList()) {
            int taken =
                transaction.update(
                    "UPDATE stanch_step SET holder = ?, lease = ? WHERE incident = ? AND number = ?"
                        + " AND (holder IS NULL OR holder = ? OR lease < ?)",
                    holder,
                    now + LEASE.toMillis(),
                    id,
                    number,
                    holder,
                    now);
            if (taken == 1) {
              claimed.put(number, kind(transaction, number));
            }
          }
          return claimed;
        });
  }

  private StepState.Kind kind(Session.Transaction transaction, int number)
      throws SQLException, JournalException {
    return transaction.query(
        "SELECT state FROM stanch_step WHERE incident = ? AND number = ?",
        rows -> {
          if (!rows.next()) {
            throw new JournalException("no step " + number);
          }
          return StepState.Kind.of(rows.getString(1));
        },
        id,
        number);
  }

  /// Holds on to what `holder` has; a lease that ran out stays lost.
  public void renew(String holder) throws JournalException {
    session.transact(
        transaction -> {
          long now = transaction.now();
          return transaction.update(
              "UPDATE stanch_step SET lease = ? WHERE incident = ? AND holder = ? AND lease >= ?",
              now + LEASE.toMillis(),
              id,
              holder,
              now);
        });
  }

  /// Gives everything back that `holder` has.
  public void release(String holder) throws JournalException {
    session.transact(
        transaction ->
            transaction.update(
                "UPDATE stanch_step SET holder = NULL WHERE incident = ? AND holder = ?",
                id,
                holder));
  }

  /// Who holds steps, or did before it died.
  public List<String> holders() throws JournalException {
    return session.transact(
        transaction ->
            transaction.query(
                "SELECT DISTINCT holder FROM stanch_step"
                    + " WHERE incident = ? AND holder IS NOT NULL",
                rows -> {
                  var holders = new ArrayList<String>();
                  while (rows.next()) {
                    holders.add(rows.getString(1));
                  }
                  return holders;
                },
                id));
  }

  /// Whether `holder` may call the provider now: it holds all these steps for long enough, and
  /// nobody asked to stop.
  public boolean mayCall(String holder, Collection<Integer> numbers) throws JournalException {
    return session.transact(
        transaction -> {
          if (transaction.query(
              "SELECT paused FROM stanch_incident WHERE id = ?",
              rows -> !rows.next() || rows.getInt(1) != 0,
              id)) {
            return false;
          }
          return holds(transaction, holder, numbers, MARGIN);
        });
  }

  private boolean holds(
      Session.Transaction transaction, String holder, Collection<Integer> numbers, Duration left)
      throws SQLException, JournalException {
    long least = transaction.now() + left.toMillis();
    var held = new java.util.HashSet<Integer>();
    transaction.query(
        "SELECT number FROM stanch_step WHERE incident = ? AND holder = ? AND lease >= ?",
        rows -> {
          while (rows.next()) {
            held.add(rows.getInt(1));
          }
          return held;
        },
        id,
        holder,
        least);
    return held.containsAll(numbers);
  }

  /// Brings steps into new states, all or none. `holder` must hold them.
  ///
  /// @return whether it did; false where another process holds one of them by now
  public boolean move(String holder, List<JournalEntry.Moved> moves) throws JournalException {
    return session.transact(
        transaction -> {
          var chain = Chain.lock(transaction, id, by);
          var numbers = moves.stream().map(JournalEntry.Moved::number).toList();
          if (!holds(transaction, holder, numbers, Duration.ZERO)) {
            return false;
          }
          for (JournalEntry.Moved move : moves) {
            StepState.Kind from = kind(transaction, move.number());
            StepState.Kind to = move.state().kind();
            if (!from.next().contains(to)) {
              throw new IllegalStateException(
                  "step "
                      + move.number()
                      + " cannot go from "
                      + from.label()
                      + " to "
                      + to.label());
            }
            chain.append(move);
            transaction.update(
                "UPDATE stanch_step SET state = ?, token = COALESCE(?, token)"
                    + " WHERE incident = ? AND number = ?",
                to.label(),
                move.token() == null ? null : move.token().value(),
                id,
                move.number());
          }
          chain.write();
          return true;
        });
  }

  /// What is wrong with the list: nothing, or the first entry that does not fit.
  ///
  /// @param head what the head was once; null asks for no particular one
  public Optional<String> check(@Nullable String head) throws JournalException {
    return session.transact(
        transaction -> {
          // Nobody writes meanwhile: the list and its head are of one moment.
          Chain.lock(transaction, id, by);
          var seen = new HashMap<String, Long>();
          var states = new TreeMap<Integer, String>();
          String problem =
              transaction.query(
                  "SELECT seq, body, hash FROM stanch_entry WHERE incident = ? ORDER BY seq",
                  rows -> {
                    String before = Chain.start(id);
                    long expected = 1;
                    while (rows.next()) {
                      long seq = rows.getLong(1);
                      String body = rows.getString(2);
                      String hash = rows.getString(3);
                      if (seq != expected) {
                        return "entry " + expected + " is missing";
                      }
                      if (!Chain.hash(before, body).equals(hash)) {
                        return "entry " + seq + " was changed";
                      }
                      seen.put(hash, seq);
                      state(recorded(seq, body, hash).entry(), states);
                      before = hash;
                      expected++;
                    }
                    return "";
                  },
                  id);
          if (problem.isEmpty()) {
            problem = ends(transaction, seen, states);
          }
          if (problem.isEmpty() && head != null && !seen.containsKey(head)) {
            problem = "the head " + head + " was never one of this list";
          }
          return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
        });
  }

  private static void state(JournalEntry entry, Map<Integer, String> states) {
    switch (entry) {
      case JournalEntry.Added added -> states.put(added.number(), added.state().kind().label());
      case JournalEntry.Moved moved -> states.put(moved.number(), moved.state().kind().label());
      case JournalEntry.Opened _,
          JournalEntry.Noted _,
          JournalEntry.Spooled _,
          JournalEntry.Paused _,
          JournalEntry.Resumed _,
          JournalEntry.Closed _ -> {}
    }
  }

  private String ends(
      Session.Transaction transaction, Map<String, Long> seen, Map<Integer, String> states)
      throws SQLException, JournalException {
    String headProblem =
        transaction.query(
            "SELECT head_seq, head_hash FROM stanch_incident WHERE id = ?",
            rows ->
                rows.next()
                        && seen.size() == rows.getLong(1)
                        && Long.valueOf(rows.getLong(1)).equals(seen.get(rows.getString(2)))
                    ? ""
                    : "the list does not end with its head",
            id);
    if (!headProblem.isEmpty()) {
      return headProblem;
    }
    return transaction.query(
        "SELECT number, state FROM stanch_step WHERE incident = ? ORDER BY number",
        rows -> {
          var rest = new TreeMap<>(states);
          while (rows.next()) {
            if (!rows.getString(2).equals(rest.remove(rows.getInt(1)))) {
              return "the row of step " + rows.getInt(1) + " says something else than the list";
            }
          }
          return rest.isEmpty() ? "" : "a step has no row";
        },
        id);
  }

  /// One step as it stands.
  ///
  /// @param token under the incident's key; null while the token was never read
  /// @param since when it came into its state
  /// @param replacement the new key of a rotation, from when it was minted
  /// @param written by address, when we last wrote a sink that nobody can read, as it says
  /// @param verified the end of a rotation, where the revocation begins and goes back to
  /// @param revoked the end of a revocation that comes first, where the rotation begins and goes
  ///   back to
  /// @param byPerson whether a person made the new key
  public record StepStanding(
      int number,
      Step step,
      @Nullable TokenId token,
      StepState state,
      Instant since,
      @Nullable Replacement replacement,
      SortedMap<String, Instant> written,
      StepState.@Nullable Verified verified,
      StepState.@Nullable Revoked revoked,
      boolean byPerson) {
    public StepStanding {
      written = Collections.unmodifiableSortedMap(new TreeMap<>(written));
    }

    /// A step as it begins.
    public StepStanding(
        int number, Step step, @Nullable TokenId token, StepState state, Instant since) {
      this(
          number,
          step,
          token,
          state,
          since,
          state.replacement().orElse(null),
          written(state, Collections.emptySortedMap()),
          state instanceof StepState.Verified now ? now : null,
          state instanceof StepState.Revoked now ? now : null,
          false);
    }

    /// A step as a report tells of it.
    public StepStanding(
        int number,
        Step step,
        @Nullable TokenId token,
        StepState state,
        Instant since,
        @Nullable Replacement replacement) {
      this(
          number,
          step,
          token,
          state,
          since,
          replacement,
          Collections.emptySortedMap(),
          null,
          null,
          false);
    }

    /// The same step in its next state.
    StepStanding in(StepState next, @Nullable TokenId id, Instant at) {
      boolean anew =
          next.kind() == StepState.Kind.MINTING || next.kind() == StepState.Kind.HANDED_OVER;
      return new StepStanding(
          number,
          step,
          id,
          next,
          at,
          next.replacement().orElse(anew ? null : replacement),
          written(next, written),
          next instanceof StepState.Verified now ? now : anew ? null : verified,
          next instanceof StepState.Revoked now ? now : revoked,
          next.kind() == StepState.Kind.MINTED
              ? state.kind() == StepState.Kind.HANDED_OVER
              : byPerson);
    }

    /// The state in which nothing of a replacement was made.
    public StepState unminted() {
      return revoked == null ? new StepState.Planned() : revoked;
    }

    /// How its token ended, where that came first and its replacement is still to come.
    public Optional<StepState.Revoked> unreplaced() {
      return verified == null ? Optional.ofNullable(revoked) : Optional.empty();
    }

    /// Whether a person was asked for what a call did not make, and may make in a later run.
    public boolean mintsAgain() {
      return state.kind() == StepState.Kind.HANDED_OVER
          && revoked != null
          && !byPerson
          && step instanceof Step.Rotate rotate
          && rotate.minting() instanceof Step.Minting.ByCall;
    }

    private static SortedMap<String, Instant> written(
        StepState state, SortedMap<String, Instant> before) {
      if (!(state instanceof StepState.Delivered(_, var delivered))) {
        return before;
      }
      var all = new TreeMap<>(before);
      delivered.forEach(
          (sink, at) -> {
            if (!at.isEmpty()) {
              all.put(sink, Instant.parse(at));
            }
          });
      return all;
    }

    /// The state in which nothing of a revocation has happened.
    public StepState unrevoked() {
      return verified == null ? new StepState.Planned() : verified;
    }
  }
}
