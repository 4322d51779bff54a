//! Scores of an output folder against gold.
