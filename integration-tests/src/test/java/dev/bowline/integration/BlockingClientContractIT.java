package dev.bowline.integration;

class BlockingClientContractIT extends ClientContract implements OnBlocking {}
