//! From what the cleaner found to the clean text: one list of edits and the
//! paragraphs it leads to.

use super::Cleaning;
use crate::document::Role;
use crate::edit::{Edit, EditList};
use crate::error::Error;
use crate::span::{Clean, Repaired, Span};

/// The rule of a gap that no artefact explains: white space between paragraphs.
const GAP: &str = "any-paragraph-gap";

/// The edits to the clean text, and its paragraphs there with their roles.
pub type Viewed = (EditList<Repaired, Clean>, Vec<(Span<Clean>, Role)>);

/// The edits that lead from a text to its clean text, and where its paragraphs
/// stand there. What lies between two units becomes a blank line, what lies
/// before the first and after the last goes.
///
/// # Errors
/// When the cleaning was made for another text.
///
/// ```
/// use diptych::clean::{clean, view};
/// use diptych::document::Lang;
/// let text = "Les combats ont repris lundi dans toute la vallée, dit-on.Des blessés arrivent.";
/// let (edits, paragraphs) = view(text, &clean(text, Lang::FR)).unwrap();
/// let clean = edits.apply(text);
/// assert_eq!(clean, "Les combats ont repris lundi dans toute la vallée, dit-on.\n\nDes blessés arrivent.");
/// assert_eq!(paragraphs[1].0.of(&clean), "Des blessés arrivent.");
/// ```
pub fn view(text: &str, cleaning: &Cleaning) -> Result<Viewed, Error> {
    let mut edits = Vec::with_capacity(cleaning.edits.len() + cleaning.units.len() + 1);
    let mut inside = cleaning.edits.iter().peekable();
    let mut reasons = Reasons::of(cleaning);
    let mut at = 0;
    for (n, unit) in cleaning.units.iter().enumerate() {
        let gap = if n == 0 { "" } else { "\n\n" };
        push_gap(&mut edits, text, at, unit.span.start(), gap, &mut reasons)?;
        while let Some(e) = inside.next_if(|e| e.span.end() <= unit.span.end()) {
            edits.push(e.clone());
        }
        at = unit.span.end();
    }
    push_gap(&mut edits, text, at, text.len(), "", &mut reasons)?;
    let list = EditList::new(text, edits)?;
    let map = list.map();
    let paragraphs = cleaning
        .units
        .iter()
        .map(|u| (map.to_target(u.span), u.role))
        .collect();
    Ok((list, paragraphs))
}

fn push_gap(
    edits: &mut Vec<Edit<Repaired>>,
    text: &str,
    from: usize,
    to: usize,
    replacement: &str,
    reasons: &mut Reasons<'_>,
) -> Result<(), Error> {
    let span = Span::checked(text, from, to)?;
    if span.of(text) == replacement {
        return Ok(());
    }
    let (rule, confidence) = reasons.within(span).unwrap_or((GAP, 1.0));
    edits.push(Edit {
        span,
        replacement: replacement.into(),
        rule,
        confidence,
    });
    Ok(())
}

/// The artefacts that are taken out, passed once from first to last.
struct Reasons<'c> {
    cleaning: &'c Cleaning,
    next: usize,
}

impl<'c> Reasons<'c> {
    fn of(cleaning: &'c Cleaning) -> Self {
        Self { cleaning, next: 0 }
    }

    /// The rule of the first artefact that lies in a gap.
    fn within(&mut self, gap: Span<Repaired>) -> Option<(&'static str, f32)> {
        let artefacts = &self.cleaning.artefacts;
        while artefacts
            .get(self.next)
            .is_some_and(|a| a.span.start() < gap.start())
        {
            self.next += 1;
        }
        artefacts
            .get(self.next)
            .filter(|a| gap.contains(a.span))
            .map(|a| (a.rule, a.confidence))
    }
}
