package dev.bowline.integration;

class NioDrainContractIT extends DrainContract implements OnNio {}
