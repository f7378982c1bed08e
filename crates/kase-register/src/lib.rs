//! What a register is: intents and events in, effects out; sans-IO.
