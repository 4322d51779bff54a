//! Diptych cleans scraped news articles, translates the French ones into English
//! with a local Marian model, and lays every sentence beside the English
//! reporting of the same quote or fact.
//!
//! The flow is `read -> decode -> language -> clean -> segment -> quotes ->
//! translate -> align -> write`; each stage is a module of that name, and
//! [`document::Document`] is what they pass along.

#![warn(missing_docs)]

pub mod align;
pub mod clean;
pub mod config;
pub mod decode;
pub mod document;
pub mod edit;
pub mod entity;
pub mod error;
pub mod eval;
pub mod guard;
pub mod language;
mod memo;
pub mod pipeline;
pub mod quote;
pub mod read;
pub mod record;
pub mod report;
pub mod rules;
pub mod segment;
pub mod span;
mod split;
pub mod translate;
pub mod write;

pub use error::{Error, Result};
