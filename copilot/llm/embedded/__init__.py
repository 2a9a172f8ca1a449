"""The language model that comes along: SmolLM2-135M-Instruct on llama.cpp, in a child process on loopback."""
