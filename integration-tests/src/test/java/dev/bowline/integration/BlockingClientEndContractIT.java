package dev.bowline.integration;

class BlockingClientEndContractIT extends ClientEndContract implements OnBlocking {}
