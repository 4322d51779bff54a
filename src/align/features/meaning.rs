//! What two sentences mean, where they do not say it in the same words.

use super::{Comparison, Features};
use crate::align::cover::{Cover, harmonic};
use crate::align::encoder::{Encoder, cosine};
use crate::align::meaning::Meanings;
use crate::align::profile::{Profile, Term};
use crate::align::vectors::WordId;
use crate::align::vocabulary::Vocabulary;

impl Comparison<'_> {
    /// What is meant, where it is not said in the same words.
    pub(super) fn meaning(&self, vocabulary: &Vocabulary, f: &mut Features) {
        // Words less alike have no more in common than any two of the news.
        const RELATED: f32 = 0.35;
        let (x, y) = (self.x, self.y);
        let mut best = [
            self.best_x.iter().map(|p| p.likeness).collect::<Vec<f32>>(),
            self.best_y.iter().map(|p| p.likeness).collect::<Vec<f32>>(),
        ];
        let known = |p: &Profile| -> Vec<(usize, WordId)> {
            let terms = p.own.iter().enumerate().filter(|(_, t)| !t.name);
            terms
                .filter_map(|(at, t)| Some((at, vocabulary.entry(t.entry).meaning?)))
                .collect()
        };
        let (of_x, of_y) = (known(x), known(y));
        for &(i, s) in &of_x {
            for &(j, t) in &of_y {
                let likeness = Meanings::get().likeness(s, t);
                if likeness > RELATED {
                    best[0][i] = best[0][i].max(likeness);
                    best[1][j] = best[1][j].max(likeness);
                }
            }
        }
        let share = |p: &Profile, best: &[f32], told: bool| {
            let mut sum = Cover::default();
            let terms = p.own.iter().zip(best).enumerate();
            let wanted = |at: usize, t: &Term| !t.name && (!told || p.tells(at, vocabulary));
            for (_, (term, likeness)) in terms.filter(|(at, (t, _))| wanted(*at, t)) {
                sum.all += term.weight;
                sum.shared += term.weight * likeness;
            }
            sum
        };
        let (a, b) = (
            share(x, &best[0], false).share(),
            share(y, &best[1], false).share(),
        );
        (f.soft, f.soft_max) = (harmonic(a, b), a.max(b));
        let (a, b) = (share(x, &best[0], true), share(y, &best[1], true));
        f.told = harmonic(a.share(), b.share());
        f.told_max = a.share().max(b.share());
        f.told_mass = (0.5 * (a.shared + b.shared)).ln_1p();
        self.echo(vocabulary, f);
        f.meaning = cosine(&x.meaning, &y.meaning);
    }
    /// What the words that tell something have in common by the encoder's vectors: these
    /// are trained to tell translations from what only goes together.
    fn echo(&self, vocabulary: &Vocabulary, f: &mut Features) {
        // As for RELATED above; the encoder's words are less alike on the whole.
        const RELATED: f32 = 0.3;
        let mut best = [&self.best_x, &self.best_y]
            .map(|best| best.iter().map(|p| p.likeness).collect::<Vec<f32>>());
        let known = |p: &Profile| -> Vec<(usize, WordId)> {
            let tells = (0..p.own.len()).filter(|&at| p.tells(at, vocabulary));
            tells
                .filter_map(|at| Some((at, vocabulary.entry(p.own[at].entry).code?)))
                .collect()
        };
        let (of_x, of_y) = (known(self.x), known(self.y));
        for &(i, s) in &of_x {
            for &(j, t) in &of_y {
                let likeness = Encoder::get().likeness(s, t);
                if likeness > RELATED {
                    best[0][i] = best[0][i].max(likeness);
                    best[1][j] = best[1][j].max(likeness);
                }
            }
        }
        let share = |p: &Profile, best: &[f32]| {
            let mut sum = Cover::default();
            for (at, (term, likeness)) in p.own.iter().zip(best).enumerate() {
                if p.tells(at, vocabulary) {
                    sum.all += term.weight;
                    sum.shared += term.weight * likeness;
                }
            }
            sum.share()
        };
        let (a, b) = (share(self.x, &best[0]), share(self.y, &best[1]));
        (f.echo, f.echo_max) = (harmonic(a, b), a.max(b));
    }
}
