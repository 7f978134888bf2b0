package dev.bowline.integration;

class BlockingReferenceServerContractIT extends ReferenceServerContract implements OnBlocking {}
