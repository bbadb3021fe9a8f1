"""The executor: carries out the commands of one message, in order, on a conversation and its board. Pure."""
