//! One error type for the whole program.
//!
//! An [`Error`] says what was being done, on which file and where in it, and
//! what to do next. Callers ask predicates ([`Error::is_input`], ...) rather than
//! match on variants, so that new causes do not break them.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong, where, and what to do about it.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    message: String,
    path: Option<PathBuf>,
    place: Option<String>,
    hint: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Input,
    Io,
    Config,
    Usage,
    Model,
    Internal,
    Interrupted,
}

/// The result of anything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    fn of(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            path: None,
            place: None,
            hint: None,
            source: None,
        }
    }

    /// A document that cannot be processed: bad bytes, no text, a broken record.
    pub fn input(message: impl Into<String>) -> Self {
        Self::of(Kind::Input, message)
    }

    /// Reading or writing failed; `doing` says what was attempted.
    pub fn io(doing: impl Into<String>, path: &Path, source: io::Error) -> Self {
        Self {
            path: Some(path.to_owned()),
            source: Some(Box::new(source)),
            ..Self::of(Kind::Io, doing)
        }
    }

    /// A configuration that cannot be used.
    pub fn config(message: impl Into<String>) -> Self {
        Self::of(Kind::Config, message)
    }

    /// A command line that cannot be carried out.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::of(Kind::Usage, message)
    }

    /// A translation model that is missing, damaged or of another kind.
    pub fn model(message: impl Into<String>) -> Self {
        Self::of(Kind::Model, message)
    }

    /// The user stopped the run.
    #[must_use]
    pub fn interrupted() -> Self {
        Self::of(Kind::Interrupted, "interrupted")
    }

    /// A broken invariant of this program.
    pub fn internal(message: impl Into<String>) -> Self {
        Self {
            hint: Some("this is a fault of diptych; please report it with the document".into()),
            ..Self::of(Kind::Internal, message)
        }
    }

    /// Names the file concerned.
    #[must_use]
    pub fn at_path(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Says where in the file: `line 12`, `byte 4096`.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Keeps the error underneath.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Whether a document is at fault, so that the run goes on without it.
    #[must_use]
    pub fn is_input(&self) -> bool {
        self.kind == Kind::Input
    }

    /// Whether the user stopped the run.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.kind == Kind::Interrupted
    }

    /// Whether reading or writing failed.
    #[must_use]
    pub fn is_io(&self) -> bool {
        self.kind == Kind::Io
    }

    /// Whether a translation model is missing or damaged.
    #[must_use]
    pub fn is_model(&self) -> bool {
        self.kind == Kind::Model
    }

    /// Whether the reader of our output went away (`diptych ... | head`).
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        let mut next: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(e) = next {
            if let Some(io) = e.downcast_ref::<io::Error>() {
                return io.kind() == io::ErrorKind::BrokenPipe;
            }
            next = e.source();
        }
        false
    }

    /// The file concerned, where there is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What to do next, where something is known to help.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The message with its place and its chain of causes, without path and hint
    /// (error records hold those in fields of their own).
    #[must_use]
    pub fn chain(&self) -> String {
        let mut out = self.message.clone();
        if let Some(place) = &self.place {
            out.push_str(&format!(" ({place})"));
        }
        let mut next = std::error::Error::source(self);
        while let Some(e) = next {
            out.push_str(&format!(": {e}"));
            next = e.source();
        }
        out
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.chain())?;
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|e| e as &(dyn std::error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_where_and_what_to_do() {
        let e = Error::input("the record has no text")
            .at_path("a.jsonl")
            .at("line 3")
            .hint("give each record a \"text\"");
        assert_eq!(
            e.to_string(),
            "a.jsonl: the record has no text (line 3)\n  hint: give each record a \"text\""
        );
        assert!(e.is_input() && !e.is_broken_pipe());
    }

    #[test]
    fn finds_a_broken_pipe_below() {
        let e = Error::io(
            "writing",
            Path::new("-"),
            io::Error::from(io::ErrorKind::BrokenPipe),
        );
        assert!(e.is_broken_pipe());
    }
}
