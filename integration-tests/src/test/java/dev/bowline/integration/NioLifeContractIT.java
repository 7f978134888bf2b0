package dev.bowline.integration;

class NioLifeContractIT extends LifeContract implements OnNio {}
