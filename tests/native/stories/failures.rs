//! Journeys on which Azure says no.
