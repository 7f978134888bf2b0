package dev.bowline.integration;

class BlockingDrainContractIT extends DrainContract implements OnBlocking {}
