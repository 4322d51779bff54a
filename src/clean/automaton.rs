//! One automaton for some expressions over whole lines, built as lines need it.

use std::panic::{RefUnwindSafe, UnwindSafe};

use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;

use super::kinds::Kinds;

/// Room for the states that lines have needed so far; where they are more, they are
/// built anew. The largest took 5 MB for 2,400 varied articles.
const ROOM: usize = 16 << 20;

/// An automaton over the kinds of characters that its expressions tell apart.
#[derive(Debug)]
pub(super) struct Automaton {
    kinds: Kinds,
    over_kinds: DFA,
    /// What of it is built; a thread at a time holds one.
    caches: Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>>,
}

/// There is no room for the states that a line needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Full;

impl Automaton {
    /// Builds the automaton of expressions that are anchored at a line's start. With
    /// word boundaries where it is `bounded`, without them otherwise, so that it
    /// finds more; fails where the expressions have too many kinds of characters.
    pub(super) fn new(expressions: &[Hir], bounded: bool) -> Result<Self, String> {
        let (kinds, spelling) = Kinds::of(expressions, bounded)?;
        let spelled: Vec<Hir> = expressions.iter().map(|e| spelling.spelled(e)).collect();
        let nfa = thompson::Compiler::new()
            .configure(
                thompson::Config::new()
                    .utf8(false)
                    .which_captures(WhichCaptures::None),
            )
            .build_many_from_hir(&spelled)
            .map_err(|e| e.to_string())?;
        let over_kinds = DFA::builder()
            .configure(
                Config::new()
                    .match_kind(MatchKind::All)
                    .cache_capacity(ROOM)
                    .skip_cache_capacity_check(true),
            )
            .build_from_nfa(nfa)
            .map_err(|e| e.to_string())?;
        let of = over_kinds.clone();
        Ok(Self {
            kinds,
            over_kinds,
            caches: Pool::new(Box::new(move || of.create_cache())),
        })
    }

    /// Tells `found` the number of each expression that the line, or its beginning,
    /// fits. The automaton is led through the line up to the first character with
    /// which none can fit any more, mostly one of the first few.
    pub(super) fn find(&self, line: &str, mut found: impl FnMut(usize)) -> Result<(), Full> {
        let dfa = &self.over_kinds;
        let mut cache = self.caches.get();
        let from_start = Input::new("").anchored(Anchored::Yes);
        let start = dfa.start_state_forward(&mut cache, &from_start);
        let mut state = start.map_err(|_| Full)?;
        for c in line.chars() {
            let byte = self.kinds.byte(c);
            state = dfa.next_state(&mut cache, state, byte).map_err(|_| Full)?;
            if state.is_tagged() {
                if state.is_dead() {
                    return Ok(());
                }
                if state.is_match() {
                    for i in 0..dfa.match_len(&cache, state) {
                        found(dfa.match_pattern(&cache, state, i).as_usize());
                    }
                }
            }
        }
        let state = dfa.next_eoi_state(&mut cache, state).map_err(|_| Full)?;
        if state.is_match() {
            for i in 0..dfa.match_len(&cache, state) {
                found(dfa.match_pattern(&cache, state, i).as_usize());
            }
        }
        Ok(())
    }
}
