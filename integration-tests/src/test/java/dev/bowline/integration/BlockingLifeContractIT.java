package dev.bowline.integration;

class BlockingLifeContractIT extends LifeContract implements OnBlocking {}
