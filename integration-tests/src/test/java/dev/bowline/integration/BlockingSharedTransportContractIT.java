package dev.bowline.integration;

class BlockingSharedTransportContractIT extends SharedTransportContract implements OnBlocking {}
